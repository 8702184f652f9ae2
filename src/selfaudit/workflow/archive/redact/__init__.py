"""A copy of an archive without personal data: what is known of people, texts without it, and a check of the result."""
