"""Tables: painted row by row, with the head of the table on each page it runs over."""

from __future__ import annotations

from collections import deque
from itertools import islice

from mineaction_desktop.reports.document import RowRole, Table
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.columns import boxes
from mineaction_desktop.reports.writers.pdf.head import Head, notes_height, spanning
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.rows import LaidRow, RowLayer
from mineaction_desktop.reports.writers.pdf.tags import ARTIFACT

_SUMS = (RowRole.SUBTOTAL, RowRole.TOTAL)
_BUNDLE = 8  # so many rows at most are kept on one page together
_LEAST_LINES = 2  # of a divided row on either page


class TablePainter:
    """Paints one table at the place where the pages have got to."""

    def __init__(
        self, pages: Pages, presenter: Presenter, table: Table, linked: frozenset[str]
    ) -> None:
        self._pages = pages
        self._table = table
        self._style = theme.cell_style(len(table.columns))
        words = CellWords(presenter)
        self._measure = pages.place.measure
        self._boxes = boxes(table, words, self._style, self._measure)
        self._rows = RowLayer(self._boxes, words, self._style, pages.lay, linked).rows(table)
        self._ahead: deque[LaidRow] = deque()
        self._empty = table.empty_text or presenter.state(table.empty)
        self._head = Head(pages, table, self._boxes, self._style)
        self._head_height = self._head.height
        self._notes_height = notes_height(pages, table)

    def opening(self) -> float:
        """The height of the title, the head and the first rows, which stay together."""
        title = 0.0
        if self._table.title:
            lines = self._pages.lay(self._table.title, theme.TABLE_TITLE, self._measure)
            title = len(lines) * theme.TABLE_TITLE.leading + 4
        if not self._table.rows:
            empty = self._style.leading + 2 * theme.CELL_DOWN
            return title + self._head_height + empty + self._notes_height
        self._look(_BUNDLE + 1)
        first = sum(row.height for row in islice(self._ahead, self._bundle()))
        least = _LEAST_LINES * self._style.leading + 2 * theme.CELL_DOWN
        room = self._pages.place.body - title - self._head_height
        return title + self._head_height + (first if first <= room / 2 else least)

    def paint(self) -> None:
        """Paint the table, its title before and its notes after it."""
        pages = self._pages
        pages.need(self.opening())
        with pages.tags.group("Table"):
            if self._table.title:
                pages.bookmark(self._table.title, 1)
                with pages.tags.leaf("Caption"):
                    pages.write(self._table.title, theme.TABLE_TITLE)
                pages.height -= 4
            self._head.paint_first()
            if not self._table.rows:
                self._paint_empty()
            self._look(_BUNDLE + 1)
            while self._ahead:
                self._paint_bundle([self._ahead.popleft() for _ in range(self._bundle())])
                self._look(_BUNDLE + 1)
        pages.sheet.rule(0, pages.height, self._measure, theme.ACCENT, 0.7)
        self._paint_notes()

    def _look(self, count: int) -> None:
        self._ahead.extend(islice(self._rows, max(count - len(self._ahead), 0)))

    def _bundle(self) -> int:
        """How many of the next rows stay together: a group with its first row, sums with rows."""
        count = 1
        for row, following in zip(self._ahead, islice(self._ahead, 1, None), strict=False):
            if row.role is not RowRole.GROUP and following.role not in _SUMS:
                break
            count += 1
        return min(count, _BUNDLE)

    def _paint_empty(self) -> None:
        pages, style = self._pages, self._style.coloured(theme.MUTED)
        width = self._measure - 2 * theme.CELL_ACROSS
        pages.height -= theme.CELL_DOWN
        with pages.tags.group("TR"), pages.tags.leaf("TD", spanning(len(self._boxes))):
            pages.write(self._empty, style, theme.CELL_ACROSS, width)
        pages.height -= theme.CELL_DOWN

    def _paint_bundle(self, bundle: list[LaidRow]) -> None:
        """Paint rows that stay together; the last of them also stay with the notes below."""
        together = sum(row.height for row in bundle)
        after = 0.0 if self._ahead else self._notes_height
        if together + after > self._pages.room and together + after <= self._body() / 2:
            self._turn()
        for row in bundle[:-1]:
            self._paint_row(row)
        self._paint_row(bundle[-1], after)

    def _body(self) -> float:
        return self._pages.place.body - self._head_height

    def _turn(self) -> None:
        """Close the table at the foot of the page and go on with its head on the next."""
        self._pages.sheet.rule(0, self._pages.height, self._measure, theme.RULE)
        self._pages.next_page()
        self._head.paint()

    def _paint_row(self, row: LaidRow, after: float = 0.0) -> None:
        """Paint a row, divided between pages when it is too tall to be moved to the next.

        Its last lines leave as much room ``after`` them as their page can give.
        """
        elements = self._tag(row)
        after = min(after, self._body() / 2)
        done = 0
        while done < row.lines:
            left = row.lines - done
            fit = int((self._pages.room - 2 * theme.CELL_DOWN) / row.leading + 1e-6)
            if fit >= left > _LEAST_LINES and self._pages.room < (
                left * row.leading + 2 * theme.CELL_DOWN + after
            ):
                fit = left - 1
            if fit < left and (fit < _LEAST_LINES or (not done and row.height <= self._body() / 3)):
                self._turn()
                continue
            if fit < left < fit + _LEAST_LINES:
                fit = left - _LEAST_LINES
            count = min(fit, left) if fit > 0 else left
            self._paint_slice(row, elements, done, done + count)
            done += count

    def _tag(self, row: LaidRow) -> list[int]:
        """The elements of the cells of a row, one for each column."""
        tags, columns = self._pages.tags, len(self._boxes)
        covering = next((cell for cell in row.cells if cell.span > 1), None)
        first = tags.add_row(columns - (covering.span - 1 if covering else 0)) + 1
        if covering is None:
            return list(range(first, first + columns))
        tags.notes[first + covering.at] = spanning(covering.span)
        skipped = covering.span - 1
        return [first + (at if at <= covering.at else at - skipped) for at in range(columns)]

    def _paint_slice(self, row: LaidRow, elements: list[int], first: int, last: int) -> None:
        pages, tags = self._pages, self._pages.tags
        sheet = pages.sheet
        height = (last - first) * row.leading + 2 * theme.CELL_DOWN
        top, foot = pages.height, pages.height - height
        if row.role is RowRole.TOTAL:
            sheet.fill(theme.TINT, 0, foot, self._measure, height)
            sheet.rule(0, top, self._measure, theme.ACCENT, 0.7)
        base = top - theme.CELL_DOWN - first_base(self._style)
        if row.place and not first:
            pages.name_place(row.place, top)
        for cell in row.cells:
            box = cell.box
            lines = cell.lines[first:last]
            tags.current = elements[cell.at]
            sheet.lines(lines, cell.style, box.inside, base, box.inner, box.align)
            if cell.leads_to:
                sheet.link(box.start, foot, box.width, height, cell.leads_to)
            if cell.place:
                pages.name_place(cell.place, top)
        tags.current = ARTIFACT
        colour = theme.RULE if row.role in _SUMS else theme.HAIRLINE
        sheet.rule(0, foot, self._measure, colour)
        pages.height = foot

    def _paint_notes(self) -> None:
        pages = self._pages
        pages.height -= 5
        for note in self._table.notes:
            with pages.tags.leaf("P"):
                pages.write(note, theme.NOTE)
            pages.height -= 1.5
