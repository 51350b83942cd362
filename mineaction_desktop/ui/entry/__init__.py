"""Keying a record: the fields, the form around them, and what is kept while it is keyed."""
