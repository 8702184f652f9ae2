"""Reads a returned workbook: finds what was filled in wherever it has got to, and keeps the place of everything."""
