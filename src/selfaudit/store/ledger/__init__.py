"""The ledger: one SQLite file, its tables by family."""
