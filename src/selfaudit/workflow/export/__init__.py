"""``export``: what everybody said, and what came of it, for other programs."""
