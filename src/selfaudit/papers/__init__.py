"""Signed paper that comes back: scans as page images, the codes on them, and a page of those nobody could read."""
