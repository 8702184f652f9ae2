"""A complete sample campaign of a fictitious certification body."""
