"""Reads the content of a returned form, whatever its format."""
