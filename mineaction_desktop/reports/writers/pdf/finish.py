"""The last step: text that can be searched, tags, links, and all that makes the file last."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import pikepdf

from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.writers.pdf.annex import append
from mineaction_desktop.reports.writers.pdf.archive import (
    Attachment,
    attach,
    describe,
    language_of,
    name_colours,
)
from mineaction_desktop.reports.writers.pdf.fonts import read_as
from mineaction_desktop.reports.writers.pdf.leads import Leaf
from mineaction_desktop.reports.writers.pdf.pages import Pages
from mineaction_desktop.reports.writers.pdf.photograph import Photograph
from mineaction_desktop.reports.writers.pdf.structure import links, size, tree

_ENTRY = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_SUBSET = re.compile(r"/?[A-Z]{6}\+")
_BLOCK = 100  # entries of a character map may come in blocks of so many


def finish(
    stream: BinaryIO, report: Report, path: Path, pages: Pages, attachments: Sequence[Attachment]
) -> None:
    """Write the finished file of a report."""
    made = BytesIO()  # not to the disk: where there is no room, the library ends the whole program
    with pikepdf.open(stream) as pdf:
        _set_up(pdf, report)
        describe(pdf, report)
        name_colours(pdf)
        attach(pdf, report, attachments)
        _map_to_letters(pdf)
        for at, (page, leaf) in enumerate(zip(pdf.pages, pages.leaves, strict=True)):
            _complete(pdf, page, leaf, at)
        _add_photographs(pdf, pages.photographs)
        pdf.save(
            made,
            deterministic_id=True,
            compress_streams=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    path.write_bytes(made.getbuffer())
    _add_tags_and_links(path, pages)


def _set_up(pdf: pikepdf.Pdf, report: Report) -> None:
    pdf.Root.Lang = pikepdf.String(language_of(report))
    preferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if report.right_to_left:
        preferences.Direction = pikepdf.Name.R2L
    pdf.Root.ViewerPreferences = preferences
    if report.forms:
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    # the tree takes the place of this object when the numbers of the pages are settled
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary())


def _complete(pdf: pikepdf.Pdf, page: pikepdf.Page, leaf: Leaf, at: int) -> None:
    if "/Trans" in page.obj:
        del page.obj["/Trans"]
    page.obj.StructParents = at
    page.obj.Tabs = pikepdf.Name.S
    if leaf.links:
        page.obj.Annots = pdf.make_indirect(pikepdf.Array())


def _add_photographs(pdf: pikepdf.Pdf, photographs: Mapping[str, Photograph]) -> None:
    """Store each picture once, and let all pages know it by its name."""
    for name, photograph in photographs.items():
        image = pdf.make_stream(
            photograph.content,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=photograph.width,
            Height=photograph.height,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        for leaf in photograph.leaves:
            pdf.pages[leaf.index].add_resource(
                image, pikepdf.Name.XObject, pikepdf.Name(f"/{name}")
            )


def _add_tags_and_links(path: Path, pages: Pages) -> None:
    with pikepdf.open(path) as pdf:
        numbers = [page.obj.objgen[0] for page in pdf.pages]
        root = pdf.Root.StructTreeRoot.objgen[0]
        first = int(pdf.trailer.Size)
        trailer = f"/Root {pdf.trailer.Root.objgen[0]} 0 R/Info {pdf.trailer.Info.objgen[0]} 0 R"
        name = bytes(pdf.trailer.ID[0]).hex()
        linked = [
            (page.obj.Annots.objgen[0], links(leaf, pages.places, numbers))
            for page, leaf in zip(pdf.pages, pages.leaves, strict=True)
            if leaf.links
        ]
    objects = chain(linked, tree(pages.tags, pages.leaves, numbers, root, first))
    append(path, objects, first + size(pages.tags, pages.leaves), trailer, name)


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
