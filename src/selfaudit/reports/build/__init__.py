"""Builds the context of each document from the evidence."""
