"""BagIt packages (RFC 8493) as zips: written, opened without trusting them, checked, signed; knows no campaign."""
