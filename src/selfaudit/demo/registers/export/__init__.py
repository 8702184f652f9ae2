"""Writes the registers as systems export them: in other encodings and formats, spelt in every usual way."""
