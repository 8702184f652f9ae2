"""Spreadsheets: what is safe to read, and tables that people open in Excel or WPS."""
