"""From a file that a body exported to typed rows of its registers; run it in a process that may die."""
