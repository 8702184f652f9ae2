"""Whether the ledger and the originals are as the program left them."""
