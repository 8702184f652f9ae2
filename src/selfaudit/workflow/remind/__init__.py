"""``remind``: texts, mail drafts and a calendar for those who have not answered."""
