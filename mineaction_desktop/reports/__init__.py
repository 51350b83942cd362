"""From records to figures, from figures to a document, from a document to files."""
