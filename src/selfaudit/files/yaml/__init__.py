"""Strict YAML: every mistake has a place and a remedy."""
