"""The spot check of case files: ``sample``."""
