"""The names of the files that people edit in a campaign."""

PLAN, CITATIONS, ROSTER, PROFILE = "campaign.yaml", "citations.yaml", "roster.yaml", "profile.yaml"
PREVIOUS = "previous.yaml"
"""What ``init`` remembers of the campaign before; nobody need edit it."""
