"""The command line: the only layer that knows typer, rich and exit codes."""
