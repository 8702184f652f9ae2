"""How everybody stands, as the ledger says it: what is asked of them now, what came back, and which of it counts."""
