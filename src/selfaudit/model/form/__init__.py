"""Forms and responses: what each respondent is asked, what they say, and which of it counts."""
