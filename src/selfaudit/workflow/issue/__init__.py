"""``issue``: a form for every respondent."""
