"""The body's own data: its registers, the checks that run over them, and what a check found."""
