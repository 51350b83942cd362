"""The package of a workbook: rows streamed into the sheets, and equal bytes for equal reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.xml.constants import ARC_APP, ARC_CONTENT_TYPES, ARC_CORE, ARC_STYLE
from openpyxl.xml.functions import tostring

from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.writers.excel.links import elements
from mineaction_desktop.reports.writers.excel.rows import SheetRows
from mineaction_desktop.reports.writers.excel.text import clean, markup

_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_PROGRAM = re.compile(rb"(<Application>)[^<]*")
_DAY_ZERO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip archive knows
_CHUNK = 1 << 16


def describe(book: Workbook, report: Report) -> None:
    """Set the properties of the document: the institution, never a person."""
    about = book.properties
    about.title = clean(report.title)
    about.subject = clean(report.short_title)
    about.creator = clean(report.authority or report.state_name)
    about.language = report.language
    about.identifier = report.origin.fingerprint
    about.created = _made_at(report)


def save(book: Workbook, rows: Mapping[str, SheetRows], report: Report, path: Path) -> None:
    """Write the workbook; ``rows`` are those of each sheet by the sheet's title."""
    skeleton = BytesIO()
    book.save(skeleton)
    sheets = {sheet.path.lstrip("/"): rows[sheet.title] for sheet in book.worksheets}
    stamp = _made_at(report).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    program = markup(clean(report.origin.program)).encode()
    with ZipFile(skeleton) as source, ZipFile(path, "w") as target:
        for name in sorted(source.namelist(), key=_order):
            with target.open(_member(name), "w") as out:
                if name in sheets:
                    _write_sheet(out, source.read(name), sheets[name])
                elif name == ARC_STYLE:
                    out.write(tostring(write_stylesheet(book)))
                elif name == ARC_CORE:
                    out.write(_MODIFIED.sub(rb"\g<1>" + stamp, source.read(name)))
                elif name == ARC_APP:
                    out.write(_PROGRAM.sub(lambda found: found[1] + program, source.read(name)))
                else:
                    out.write(source.read(name))


def _order(name: str) -> int:
    """Some readers expect the list of contents first; the rows ask for styles, which come last."""
    return {ARC_CONTENT_TYPES: 0, ARC_STYLE: 2}.get(name, 1)


def _made_at(report: Report) -> datetime:
    changed = report.origin.changed_at
    return changed.astimezone(UTC).replace(tzinfo=None) if changed.tzinfo else changed


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _DAY_ZERO)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 0  # the same on every system
    return info


def _write_sheet(out: IO[bytes], empty: bytes, rows: SheetRows) -> None:
    before, after = _NO_ROWS.split(empty)
    out.write(before + b"<sheetData>")
    for chunk in _chunks(rows):
        out.write(chunk)
    # Lot numbers are text on purpose; without this each would carry a warning of the spreadsheet.
    calm = (
        f'<ignoredErrors><ignoredError sqref="{rows.area}" numberStoredAsText="1"/></ignoredErrors>'
    )
    tail = after.replace(b"</worksheet>", calm.encode() + b"</worksheet>")
    out.write(b"</sheetData>" + _merges(rows) + elements(rows.links) + tail)


def _chunks(rows: SheetRows) -> Iterator[bytes]:
    """Rows in portions that are worth compressing."""
    kept: list[str] = []
    size = 0
    for row in rows:
        kept.append(row)
        size += len(row)
        if size > _CHUNK:
            yield "".join(kept).encode()
            kept, size = [], 0
    yield "".join(kept).encode()


def _merges(rows: SheetRows) -> bytes:
    if not rows.merged:
        return b""
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in rows.merged)
    return f'<mergeCells count="{len(rows.merged)}">{cells}</mergeCells>'.encode()
