"""Case files that are compared with each other, and what was found alike: frozen models, no input or output."""
