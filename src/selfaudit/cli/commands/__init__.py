"""The commands: one module each, named like it, which says in ``COMMAND`` what it adds to the command line."""
