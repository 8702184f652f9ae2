"""Pages for the person who looks at case files that are alike: a pair side by side, a ring, and the list of both."""
