"""The names of the files that people edit in a campaign."""

PLAN, CITATIONS, ROSTER, PROFILE = "campaign.yaml", "citations.yaml", "roster.yaml", "profile.yaml"
