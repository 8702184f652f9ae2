"""The pages by which an archive is read: a start page and what it leads to, for a browser without a network."""
