"""selfaudit: run a self-audit campaign from YAML checklists."""

__version__ = "0.1.0"
