"""What a document says, as one plain text that knows where in the document each part of it stood."""
