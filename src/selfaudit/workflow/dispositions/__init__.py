"""``dispositions``: what happens to certificates, people, reported information and case files."""
