"""``check``: asks the registers, and says what came of each check."""
