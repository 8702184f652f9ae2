"""``findings``: the register of findings, from what the answers report to what is closed."""
