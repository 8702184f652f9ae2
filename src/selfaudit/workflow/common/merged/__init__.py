"""``merged.yaml``: what everybody said, brought up to date by what changed."""
