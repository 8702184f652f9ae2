"""The words of the trade as frozen pydantic models; no input or output here."""
