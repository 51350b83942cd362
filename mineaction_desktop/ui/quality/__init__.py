"""Screens about how well the work goes: unfinished records, second keying, the pace of keying."""
