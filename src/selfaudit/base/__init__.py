"""What every layer may use: messages, languages, bundled resources, text rules."""
