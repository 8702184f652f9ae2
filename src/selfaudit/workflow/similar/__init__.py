"""``similar``: finds audit records that repeat each other, and shows where."""
