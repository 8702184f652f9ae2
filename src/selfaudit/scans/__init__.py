"""From pixels to codes: pages of scans and photos, and the codes on them; knows no campaign."""
