"""Submitted reports, frozen: what was printed stays as it was, whatever the records become.

A snapshot keeps the document and its figures as bytes with their fingerprint; the table takes new
rows only. Entering last year's figures by hand makes a snapshot as well, so that a register can
start in the middle of history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure as it was submitted, with the text it was printed as."""

    key: str
    value: int | None
    state: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One submitted report, or last year's figures entered by hand (``document`` is then empty)."""

    id: str
    instrument: str
    layout: str
    edition: str
    language: str
    year: int
    number: int
    origin: str
    submitted_at: datetime
    submitted_by: str
    office: str
    note: str | None
    document: bytes
    figures: Mapping[str, FrozenFigure]
    fingerprint: str
