"""``paper``: prints signature sheets, files their scans, records verdicts on them."""
