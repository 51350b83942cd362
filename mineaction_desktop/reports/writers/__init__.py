"""One document, several kinds of file; nothing here knows a treaty."""
