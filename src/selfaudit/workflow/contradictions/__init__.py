"""``contradictions``: what cannot both be right, and who decided what about it."""
