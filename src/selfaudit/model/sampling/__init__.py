"""Which case files are drawn, what that shows, and who reviews them: pure functions over a frozen population."""
