"""Remarks on single fields: kept with the record, so that they are in its history."""

from __future__ import annotations

from collections.abc import Mapping

from mineaction_desktop.records import Record

NOTES = "_notes"
"""Where a record's ``extra`` keeps them; no national field may begin with an underscore."""


def notes_of(record: Record) -> dict[str, str]:
    """The remarks on the fields of a record."""
    found = (record.extra or {}).get(NOTES)
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def with_notes(extra: Mapping[str, object] | None, notes: Mapping[str, str]) -> dict[str, object]:
    """What a record's ``extra`` holds once its remarks are these; empty ones are dropped."""
    kept = {name: value for name, value in (extra or {}).items() if name != NOTES}
    said = {name: text.strip() for name, text in sorted(notes.items()) if text.strip()}
    return {**kept, NOTES: said} if said else kept
