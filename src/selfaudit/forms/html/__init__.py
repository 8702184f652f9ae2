"""The form as a page for the browser."""
