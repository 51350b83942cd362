"""Submitted reports, frozen: what was printed stays as it was, whatever the records become.

A snapshot keeps the document and its figures as bytes with their fingerprint; the table takes new
rows only. Entering last year's figures by hand makes a snapshot as well, so that a register can
start in the middle of history.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Row, func, insert, select

from mineaction_desktop.storage import meta, recording
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.recording import Action, Change, time_text
from mineaction_desktop.storage.tables import report_snapshot
from mineaction_desktop.storage.writer import Writer

KIND = "report_snapshot"
"""What the trail calls a snapshot; it is no kind of record."""

SUBMITTED, ENTERED = "submitted", "entered"
"""Where a snapshot comes from: a report that was made here, or figures typed from an older one."""

_LEVEL = 6
_encode = msgspec.json.Encoder(order="sorted").encode
_SEALED = (
    "sequence",
    "id",
    "instrument",
    "layout",
    "edition",
    "language",
    "year",
    "number",
    "origin",
    "submitted_by",
    "office",
    "note",
    "change_number",
    "forms",
    "previous",
)
"""The columns that enter the fingerprint as they are stored, beside the moment and the content."""


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
    """One submitted report, or last year's figures entered by hand (``document`` is then empty).

    ``document`` is compressed as it is stored, see :func:`packed`. ``change_number`` is the end
    of the trail that the report was made from, ``forms`` the SHA-256 of each form file used.
    One that was changed outside the program is not ``is_whole`` and holds neither document nor
    figures: what was not submitted is never shown as if it had been.
    """

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
    change_number: int = 0
    forms: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What is to be frozen; ``document`` is plain data, or nothing for figures entered by hand."""

    instrument: str
    layout: str
    edition: str
    language: str
    year: int
    figures: Iterable[FrozenFigure]
    document: Mapping[str, object] | None = None
    origin: str = SUBMITTED
    note: str | None = None
    forms: Mapping[str, str] = field(default_factory=dict)


def packed(document: Mapping[str, object]) -> bytes:
    """Return plain data as canonical JSON, compressed."""
    return zlib.compress(_encode(document), _LEVEL)


def unpacked(document: bytes) -> dict[str, Any]:
    """Return the plain data of a document."""
    data: dict[str, Any] = msgspec.json.decode(zlib.decompress(document))
    return data


def snapshots(reader: Reader, instrument: str = "apmbc", year: int | None = None) -> list[Snapshot]:
    """Return what was submitted under an instrument, for one year or for all, newest first.

    Newest is the latest year, and within a year what was submitted last.
    """
    columns = report_snapshot.c
    wanted = select(report_snapshot).where(columns.instrument == instrument)
    if year is not None:
        wanted = wanted.where(columns.year == year)
    rows = reader.connection.execute(wanted.order_by(columns.year.desc(), columns.number.desc()))
    return [_snapshot(row) for row in rows]


def submitted_years(reader: Reader, instrument: str = "apmbc") -> frozenset[int]:
    """Return the years for which anything was submitted, without looking into it."""
    columns = report_snapshot.c
    wanted = select(columns.year).where(columns.instrument == instrument).distinct()
    return frozenset(reader.connection.scalars(wanted))


def add_snapshot(writer: Writer, submission: Submission) -> Snapshot:
    """Freeze a report for good, under the next number of its year."""
    columns = report_snapshot.c
    sequence, previous = _last(writer)
    same = (columns.instrument == submission.instrument, columns.year == submission.year)
    last = writer.connection.scalar(select(func.max(columns.number)).where(*same))
    stamp = writer.stamp
    figures = [msgspec.to_builtins(figure) for figure in submission.figures]
    values: dict[str, Any] = {
        "sequence": sequence + 1,
        "id": _identity(stamp.batch, sequence + 1),
        "instrument": submission.instrument,
        "layout": submission.layout,
        "edition": submission.edition,
        "language": submission.language,
        "year": submission.year,
        "number": (last or 0) + 1,
        "origin": submission.origin,
        "submitted_at": stamp.at,
        "submitted_by": stamp.author,
        "office": stamp.office,
        "note": submission.note,
        "change_number": writer.change_number,
        "document": packed(submission.document) if submission.document else b"",
        "figures": zlib.compress(_encode(figures), _LEVEL),
        "forms": _encode(submission.forms).decode(),
        "previous": previous,
    }
    values["fingerprint"] = fingerprint(values)
    writer.connection.execute(insert(report_snapshot).values(values))
    _record(writer, values)
    return _snapshot(writer.connection.execute(_of(values["id"])).one())


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return the fingerprint of a snapshot: SHA-256 over all it says and the one before it.

    Documents and figures enter uncompressed, so that another compressor changes nothing. Raises
    ``zlib.error`` if they are damaged.
    """
    content = [
        hashlib.sha256(zlib.decompress(values[name]) if values[name] else b"").hexdigest()
        for name in ("document", "figures")
    ]
    said = [values[name] for name in _SEALED]
    sealed = _encode((said, time_text(values["submitted_at"]), content))
    return hashlib.sha256(sealed).hexdigest()


def is_whole(values: Mapping[str, Any]) -> bool:
    """Whether a stored snapshot still is what was submitted."""
    try:
        return fingerprint(values) == str(values["fingerprint"])
    except zlib.error:
        return False


def beginning(reader: Reader) -> str:
    """Return what the first snapshot of a register is chained to."""
    return recording.beginning(meta.register_id(reader.connection))


def _identity(batch: str, sequence: int) -> str:
    """An identifier that follows from the transaction, so that a register made anew is the same."""
    return str(uuid5(UUID(batch), f"{KIND} {sequence}"))


def _last(reader: Reader) -> tuple[int, str]:
    columns = report_snapshot.c
    wanted = select(columns.sequence, columns.fingerprint).order_by(columns.sequence.desc())
    row = reader.connection.execute(wanted.limit(1)).one_or_none()
    return (0, beginning(reader)) if row is None else (row.sequence, row.fingerprint)


def _of(snapshot_id: str) -> Any:  # noqa: ANN401 - a select of every column has no shorter type
    return select(report_snapshot).where(report_snapshot.c.id == snapshot_id)


def _record(writer: Writer, values: Mapping[str, Any]) -> None:
    """Put the submission into the trail, so that removing it leaves a gap that shows."""
    told = ("instrument", "layout", "edition", "language", "year", "number", "origin", "note")
    fields = {name: (None, values[name]) for name in (*told, "fingerprint") if values[name]}
    change = Change(KIND, values["id"], Action.CREATE, recording.as_text(fields), values["note"])
    recording.append(writer.connection, writer.stamp, [change])


def _snapshot(row: Row[Any]) -> Snapshot:
    values = row._asdict()
    whole = is_whole(values)
    del values["sequence"], values["previous"]
    if not whole:
        return Snapshot(
            **{**values, "document": b"", "figures": {}, "forms": {}, "is_whole": False}
        )
    frozen = msgspec.json.decode(zlib.decompress(row.figures), type=list[FrozenFigure])
    figures = {figure.key: figure for figure in frozen}
    forms = msgspec.json.decode(row.forms, type=dict[str, str])
    return Snapshot(**{**values, "figures": figures, "forms": forms})
