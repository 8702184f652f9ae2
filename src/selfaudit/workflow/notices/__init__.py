"""``notice``: letters about what was decided, numbered without a gap, and their register."""
