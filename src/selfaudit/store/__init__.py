"""The campaign folder, YAML, the ledger and the locks: the only layer that touches files."""
