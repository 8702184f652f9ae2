"""Invents the registers of the fictitious body, with violations planted among data that are in order."""
