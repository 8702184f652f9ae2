"""The findings register: how each finding is handled, from report to closure."""
