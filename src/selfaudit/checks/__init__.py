"""Registers in DuckDB, and a kit's SQL over them; never sees a campaign's folder."""
