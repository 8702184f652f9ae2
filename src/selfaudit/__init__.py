"""selfaudit: run a self-audit campaign of a certification body from YAML checklists."""

__version__ = "0.1.0"
