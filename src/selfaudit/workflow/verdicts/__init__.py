"""What people say of signals: decided one by one or in a workbook, and confirmed signals become findings."""
