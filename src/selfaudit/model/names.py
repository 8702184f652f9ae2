"""The names of the files that people edit in a campaign."""

PLAN, CITATIONS, ROSTER, PROFILE = "campaign.yaml", "citations.yaml", "roster.yaml", "profile.yaml"
PREVIOUS = "previous.yaml"
"""What ``init`` remembers of the campaign before; nobody need edit it."""

REGISTERS, DATA_CHECKS, TABLES, SAMPLES = "registers", "data-checks", "tables", "samples"
"""The folders of a kit for what it says about the body's own data."""
EXCEPTIONS = "exceptions.yaml"
"""What a body has decided not to take for a signal, in words that no update of a kit touches."""
CODES = "codes.yaml"
"""The code lists, among the registers."""
