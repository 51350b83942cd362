"""Every shape that the tables have had, step by step."""
