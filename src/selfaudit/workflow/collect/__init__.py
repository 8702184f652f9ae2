"""``collect``: imports returned forms."""
