"""The form as a workbook."""
