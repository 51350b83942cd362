"""Every record kind, declared once.

Importing this package registers the kinds; :func:`kinds` lists them.
"""

from mineaction_desktop.records import land, people, programme, reference, reporting, stocks
from mineaction_desktop.records.base import BOOKKEEPING, PROVENANCE, Base, Record, kinds

__all__ = [
    "BOOKKEEPING",
    "PROVENANCE",
    "Base",
    "Record",
    "kinds",
    "land",
    "people",
    "programme",
    "reference",
    "reporting",
    "stocks",
]
