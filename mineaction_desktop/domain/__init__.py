"""The arithmetic and vocabulary of the field, on the standard library alone."""
