"""The pages of a report: forms that start on a page of their own, and what each page repeats."""

from __future__ import annotations

from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from mineaction_desktop.reports.document import Form, Report, Table
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.clean import one_line
from mineaction_desktop.reports.writers.pdf.fonts import Weight, main_font
from mineaction_desktop.reports.writers.pdf.ink import Glyphs, Ink
from mineaction_desktop.reports.writers.pdf.leads import Leaf, Place, to_form
from mineaction_desktop.reports.writers.pdf.photograph import Photograph
from mineaction_desktop.reports.writers.pdf.sheet import Align, Bookmark, Geometry, Sheet
from mineaction_desktop.reports.writers.pdf.tags import Tags
from mineaction_desktop.reports.writers.pdf.text import Line, lay_out
from mineaction_desktop.reports.writers.pdf.theme import Style


class Pages:
    """A growing pile of pages with a place on the last one where the next thing goes."""

    def __init__(self, report: Report, stream: BinaryIO) -> None:
        self.report = report
        self._canvas = Canvas(
            stream,
            pageCompression=0,  # the last step packs everything at once
            invariant=1,
            initialFontName=main_font(Weight.REGULAR),
            initialFontSize=theme.BODY.size,
        )
        self._glyphs = Glyphs(self._canvas)
        self._sheets: list[Sheet] = []
        self._total = 0
        self.tags = Tags()
        self.leaves: list[Leaf] = []
        self.places: dict[str, Place] = {}
        self.photographs: dict[str, Photograph] = {}
        self.place = self._geometry(wide=False)
        self.height = self.place.top
        self._form_title = ""

    def _geometry(self, *, wide: bool) -> Geometry:
        width, height = theme.PAGE_SHORT, theme.PAGE_LONG
        if wide:
            width, height = height, width
        side = theme.MARGIN_SIDE_WIDE if wide else theme.MARGIN_SIDE
        top = height - (theme.MARGIN_TOP_WIDE if wide else theme.MARGIN_TOP)
        foot = theme.MARGIN_FOOT_WIDE if wide else theme.MARGIN_FOOT
        return Geometry(width, height, side, top, foot, self.report.right_to_left)

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self._sheets[-1]

    @property
    def is_first(self) -> bool:
        """Whether this is the first page of the report."""
        return len(self._sheets) == 1

    @property
    def room(self) -> float:
        """How much of the height of the page is left."""
        return self.height - self.place.foot

    def start_form(self, form: Form) -> None:
        """Begin a form on a new page, across when a table has many columns."""
        tables = (block for block in form.blocks if isinstance(block, Table))
        wide = any(len(table.columns) >= theme.WIDE_FROM_COLUMNS for table in tables)
        self.place = self._geometry(wide=wide)
        self._form_title = " · ".join(part for part in (form.label, form.title) if part)
        self.next_page()
        self.bookmark(self._form_title, 0)
        self.name_place(to_form(form.key), self.height + 12)

    def start_section(self, title: str) -> None:
        """Begin something that is no form, such as the contents, on a new upright page."""
        self.place = self._geometry(wide=False)
        self._form_title = title
        self.next_page()
        self.bookmark(title, 0)

    def next_page(self) -> None:
        """Go on at the head of a new page."""
        if self._sheets:
            self.sheet.close()
        self._sheets.append(Sheet(self.place, self._form_title, self._glyphs, self.tags))
        self.height = self.place.top

    def need(self, height: float) -> None:
        """Go to a new page unless so much room is left; a full page is the most one can need."""
        if self.room < min(height, self.place.body):
            self.next_page()

    def skip(self, distance: float) -> None:
        """Leave room, except at the head of a page."""
        if self.height < self.place.top:
            self.height -= distance

    def lay(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """The lines of a text in the direction of the report."""
        return lay_out(
            text, width, style.size, style.weight, right_to_left=self.place.right_to_left
        )

    def write_balanced(self, text: str, style: Style) -> None:
        """Write a title in lines of about the same length, and no more of them than it needs."""
        high = self.place.measure
        count = len(self.lay(text, style, high))
        low = high / max(count, 1)
        while count > 1 and high - low > 4:
            middle = (low + high) / 2
            if len(self.lay(text, style, middle)) > count:
                low = middle
            else:
                high = middle
        self.write(text, style, width=high)

    def write(
        self, text: str, style: Style, start: float = 0.0, width: float | None = None
    ) -> None:
        """Write a paragraph; lines that have no room go on on the next page, never one alone."""
        width = self.place.measure - start if width is None else width
        lines = self.lay(text, style, width)
        while lines:
            fit = int(self.room / style.leading + 1e-6)
            if fit < len(lines) and (fit < 2 or len(lines) == 3):
                fit = 0
            elif len(lines) - fit == 1:
                fit -= 1
            if fit <= 0:
                self.next_page()
                continue
            base = self.height - first_base(style)
            self.sheet.lines(lines[:fit], style, start, base, width)
            self.height -= len(lines[:fit]) * style.leading
            lines = lines[fit:]

    def name_place(self, name: str, height: float) -> None:
        """Name a height of this page, so that links can lead there; the first of a name counts."""
        self.places.setdefault(name, (self.sheet.leaf, height))

    def move(self, count: int, at: int) -> None:
        """Put the last pages in front of another one."""
        self.sheet.close()
        moved = self._sheets[-count:]
        self._sheets[-count:] = []
        self._sheets[at:at] = moved

    def number_of(self, name: str, at: int, moved: int) -> int:
        """The number of the page of a place, when so many pages have moved in front of one."""
        leaf = self.places[name][0]
        index = next(n for n, sheet in enumerate(self._sheets) if sheet.leaf is leaf)
        return index + 1 + (moved if index >= at else 0)

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self._sheets)

    def bookmark(self, title: str, level: int) -> None:
        """Enter this place into the outline."""
        self.sheet.bookmarks.append(Bookmark(one_line(title), level, self.height + 12))

    def save(self) -> None:
        """Paint all pages with what each of them repeats, and finish the file."""
        if not self._sheets:
            self.next_page()
            with self.tags.leaf("H1"):
                self.write(self.report.title, theme.TITLE)
        self._total = len(self._sheets)
        self.leaves = [sheet.leaf for sheet in self._sheets]
        for at, leaf in enumerate(self.leaves):
            leaf.index = at
        self._sheets.reverse()
        for number in range(1, self._total + 1):
            sheet = self._sheets.pop()  # a page that is painted is not needed any more
            self._canvas.setPageSize((sheet.place.width, sheet.place.height))
            self._paint_mark(sheet)
            self._furnish(sheet, number)
            sheet.paint(self._canvas)
            self._enter(sheet, number)
            self._canvas.showPage()
        self._canvas.save()

    def _enter(self, sheet: Sheet, number: int) -> None:
        for at, mark in enumerate(sheet.bookmarks):
            key = f"place-{number}-{at}"
            self._canvas.bookmarkPage(key, fit="FitH", top=min(mark.height, sheet.place.height))
            self._canvas.addOutlineEntry(mark.title, key, mark.level, closed=False)

    def _paint_mark(self, sheet: Sheet) -> None:
        if not self.report.mark:
            return
        place = sheet.place
        style = Style(theme.MARK_SIZE, theme.MARK_SIZE, Weight.BOLD, theme.MARK)
        natural = self.lay(self.report.mark, style, 1e6)[0]
        size = min(style.size, style.size * 0.9 * place.width / max(natural.width, 1))
        ink = Ink(self._glyphs, self.tags, sheet.leaf.marked)
        left = -natural.width * size / style.size / 2
        ink.write(natural.runs, size, theme.MARK, left, -size / 3)
        self._canvas.saveState()
        self._canvas.translate(place.width / 2, place.height / 2)
        self._canvas.rotate(38)
        self._canvas.addLiteral(ink.code())
        self._canvas.restoreState()

    def _furnish(self, sheet: Sheet, number: int) -> None:
        place, report = sheet.place, self.report
        if number > 1:
            head = place.top + 22
            self._aside(sheet, report.short_title, head, Align.START, 0.4)
            self._aside(sheet, sheet.form_title, head, Align.END, 0.58)
            sheet.rule(0, head - 5, place.measure, theme.RULE)
        if report.notice:
            lines = self.lay(report.notice, theme.NOTICE, place.measure)[:2]
            base = place.top + 37 + (len(lines) - 1) * theme.NOTICE.leading
            sheet.lines(lines, theme.NOTICE, 0, base, place.measure, Align.CENTRE)
        foot = place.foot - 26
        sheet.rule(0, foot + 11, place.measure, theme.RULE)
        self._aside(sheet, report.footer, foot, Align.START, 0.75)
        label = report.page_label.replace("{pages}", str(self._total))
        label = label.replace("{page}", str(number))
        self._aside(sheet, label, foot, Align.END, 0.22)

    def _aside(self, sheet: Sheet, text: str, base: float, align: Align, share: float) -> None:
        """Set one line at the edge of a page, cut off where it would run into its neighbour."""
        measure = sheet.place.measure
        width = measure * share
        lines = self.lay(text, theme.FURNITURE, width)
        if len(lines) > 1:
            lines = self.lay(shorten(text, lines), theme.FURNITURE, measure)
        start = measure - width if align is Align.END else 0.0
        sheet.lines(lines[:1], theme.FURNITURE, start, base, width, align)


def shorten(text: str, lines: tuple[Line, ...]) -> str:
    """About as much of a text as fits its first line, with an ellipsis."""
    return text[: max(len(text) // len(lines) - 2, 1)].rstrip() + "…"


def first_base(style: Style) -> float:
    """How far below the top of a block its first base line lies."""
    return (style.leading - style.size) / 2 + 0.86 * style.size
