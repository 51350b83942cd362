"""Photographs with their captions, as wide as a hand; what cannot be shown says so in words."""

from __future__ import annotations

import hashlib

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Picture, TextRole
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.drawing import Drawing
from mineaction_desktop.reports.writers.pdf.figures import alt_note, caption_height, write_caption
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.photograph import Photograph, developed

NOT_SHOWN = mark("This picture cannot be shown: its file is damaged, too large or of another kind.")

_WIDEST = 283.46  # 10 cm
_HIGHEST = 340.0
_BOX = 64.0
_BEFORE = 12.0


def paint_picture(pages: Pages, presenter: Presenter, picture: Picture) -> None:
    """Paint a photograph with its caption below, both on one page."""
    name = f"Photo{hashlib.sha256(picture.content).hexdigest()[:12]}"
    photograph = pages.photographs.get(name) or developed(picture.content)
    pages.skip(_BEFORE)
    if photograph is None:
        _paint_box(pages, picture, presenter.words.gettext(NOT_SHOWN))
        return
    pages.photographs[name] = photograph
    width, height = _size(photograph)
    pages.need(height + caption_height(pages, picture.caption, _WIDEST))
    if pages.sheet.leaf not in photograph.leaves:
        photograph.leaves.append(pages.sheet.leaf)
    foot = pages.height - height
    left = pages.place.left_of(0, width)
    with pages.tags.leaf("Figure", alt_note(picture.alt or picture.caption)):
        pages.sheet.draw([f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {foot:.2f} cm /{name} Do Q"])
    pages.height = foot
    write_caption(pages, picture.caption, _WIDEST)


def _size(photograph: Photograph) -> tuple[float, float]:
    """How large a picture is on paper: not blown up, and nowhere beyond its limits."""
    natural = photograph.width * 72 / 96
    scale = min(_WIDEST, natural) / photograph.width
    scale = min(scale, _HIGHEST / photograph.height)
    return photograph.width * scale, photograph.height * scale


def _paint_box(pages: Pages, picture: Picture, words: str) -> None:
    style = theme.PARAGRAPHS[TextRole.NOTE]
    pages.need(_BOX + caption_height(pages, picture.caption, _WIDEST))
    foot = pages.height - _BOX
    with pages.tags.leaf("Figure", alt_note(picture.alt or picture.caption)):
        drawing = Drawing(pages, 0, foot, _WIDEST)
        drawing.box(0, 0, _WIDEST, _BOX, theme.TINT, theme.RULE)
        drawing.finish()
        lines = pages.lay(words, style, _WIDEST - 24)[:4]
        base = foot + (_BOX + len(lines) * style.leading) / 2 - first_base(style)
        pages.sheet.lines(lines, style, 12, base, _WIDEST - 24)
    pages.height = foot
    write_caption(pages, picture.caption, _WIDEST)
