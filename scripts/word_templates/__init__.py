"""Builds the Word templates that are shipped in ``templates``."""
