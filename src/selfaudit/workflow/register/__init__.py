"""``register``: the body's own data, from its exports to the tables that data checks ask."""
