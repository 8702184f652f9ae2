"""The contexts: everything a Word template may print."""
