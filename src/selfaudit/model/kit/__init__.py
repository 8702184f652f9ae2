"""A kit: its models, what its parts must have in common, and its days moved to another year."""
