"""Finds every mistake in a Word template before it is used."""
