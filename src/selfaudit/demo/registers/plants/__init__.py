"""Violations planted in the registers, and rows that look like one and are none, module by module."""
