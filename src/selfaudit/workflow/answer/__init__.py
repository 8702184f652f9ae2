"""``answer``: what the coordinator enters about somebody's answers, by name and with a reason."""
