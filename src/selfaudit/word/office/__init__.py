"""LibreOffice, where it is installed: kept from the network, and ended with whoever started it."""
