"""Whether a Word template may be used at all: whoever made it may be a stranger."""
