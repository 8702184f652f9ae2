"""The roster: read from YAML or a workbook, checked, written."""
