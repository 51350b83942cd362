"""Checks on records, across records and across years."""
