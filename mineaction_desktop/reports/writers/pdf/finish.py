"""The last step: text that can be searched, language, title and dates, the same bytes each time."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

import pikepdf

from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.writers.pdf.clean import one_line
from mineaction_desktop.reports.writers.pdf.fonts import read_as

_ENTRY = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_SUBSET = re.compile(r"/?[A-Z]{6}\+")
_BLOCK = 100  # entries of a character map may come in blocks of so many


def finish(stream: BinaryIO, report: Report, path: Path) -> None:
    """Write the finished file of a report."""
    with pikepdf.open(stream) as pdf:
        _describe(pdf, report)
        _map_to_letters(pdf)
        for page in pdf.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        pdf.save(
            path,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _describe(pdf: pikepdf.Pdf, report: Report) -> None:
    moment = report.origin.changed_at.astimezone(UTC)
    pdf.Root.Lang = pikepdf.String(report.language.replace("_", "-"))
    preferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if report.right_to_left:
        preferences.Direction = pikepdf.Name.R2L
    pdf.Root.ViewerPreferences = preferences
    if report.forms:
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
    stamp = moment.strftime("D:%Y%m%d%H%M%S+00'00'")
    title = one_line(report.title)
    author = one_line(report.authority or report.state_name)
    pdf.docinfo = pdf.make_indirect(
        pikepdf.Dictionary(
            Title=title,
            Author=author,
            Creator=report.origin.program,
            Producer=report.origin.program,
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:creator"] = [author]
        metadata["dc:language"] = {report.language.replace("_", "-")}
        metadata["dc:identifier"] = f"{report.stem}:{report.origin.fingerprint}"
        metadata["pdf:Producer"] = report.origin.program
        metadata["xmp:CreatorTool"] = report.origin.program
        metadata["xmp:CreateDate"] = moment.isoformat()
        metadata["xmp:ModifyDate"] = moment.isoformat()


def _map_to_letters(pdf: pikepdf.Pdf) -> None:
    """Let every glyph be read as the letter it shows, not as the form it has in a word."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            name = _SUBSET.sub("", str(item.BaseFont))
            codes = _ENTRY.findall(item.ToUnicode.read_bytes())
            item.ToUnicode = pdf.make_stream(
                _character_map([(int(code, 16), _letters(name, int(at, 16))) for code, at in codes])
            )


def _letters(font: str, code: int) -> str:
    char = read_as(font, code)
    if "\ufb50" <= char <= "\ufefc":
        letters = unicodedata.normalize("NFKC", char)
        # readers turn two letters of one glyph around, so these stay as they are
        return letters if len(letters) == 1 else char
    return char


def _character_map(entries: list[tuple[int, str]]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += (f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for code, text in block)
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
