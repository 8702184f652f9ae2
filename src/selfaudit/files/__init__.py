"""What other programs wrote, and how we write files: encodings, incoming files, YAML, spreadsheets."""
