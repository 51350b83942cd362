"""The engine that reads ``forms/``: fields, types, expressions, choices, checks."""
