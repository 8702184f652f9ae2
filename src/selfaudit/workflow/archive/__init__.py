"""``archive``: a campaign as one package that is kept for years, checked without the campaign, and restored."""
