"""Tables: painted row by row, with the head of the table on each page it runs over."""

from __future__ import annotations

from collections import deque
from itertools import islice

from mineaction_desktop.reports.document import RowRole, Table
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.columns import boxes, titles
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.rows import LaidRow, RowLayer

_SUMS = (RowRole.SUBTOTAL, RowRole.TOTAL)
_BUNDLE = 8  # so many rows at most are kept on one page together
_HEAD_LINES = 12  # a head that filled the page would leave no room for rows
_LEAST_LINES = 2  # of a divided row on either page


class TablePainter:
    """Paints one table at the place where the pages have got to."""

    def __init__(self, pages: Pages, presenter: Presenter, table: Table) -> None:
        self._pages = pages
        self._table = table
        self._style = theme.cell_style(len(table.columns))
        words = CellWords(presenter)
        self._measure = pages.place.measure
        self._boxes = boxes(table, words, self._style, self._measure)
        self._layer = RowLayer(self._boxes, words, self._style, pages.lay)
        self._rows = self._layer.rows(table)
        self._ahead: deque[LaidRow] = deque()
        self._empty = table.empty_text or presenter.state(table.empty)
        self._lay_head()

    def _lay_head(self) -> None:
        bold, plain = self._style.bold().coloured(theme.ACCENT), self._style.coloured(theme.MUTED)
        self._head = []
        for box, (title, unit) in zip(self._boxes, titles(self._table.columns), strict=True):
            lines = [(line, bold) for line in self._pages.lay(title, bold, box.inner)]
            lines += [(line, plain) for line in self._pages.lay(unit, plain, box.inner)]
            self._head.append((box, lines[:_HEAD_LINES]))
        most = max((len(lines) for _, lines in self._head), default=0)
        self._head_height = most * self._style.leading + 2 * theme.CELL_DOWN + 1

    def opening(self) -> float:
        """The height of the title, the head and the first rows, which stay together."""
        title = 0.0
        if self._table.title:
            lines = self._pages.lay(self._table.title, theme.TABLE_TITLE, self._measure)
            title = len(lines) * theme.TABLE_TITLE.leading + 4
        if not self._table.rows:
            return title + self._head_height + self._style.leading + 2 * theme.CELL_DOWN
        self._look(_BUNDLE + 1)
        first = sum(row.height for row in islice(self._ahead, self._bundle()))
        least = _LEAST_LINES * self._style.leading + 2 * theme.CELL_DOWN
        room = self._pages.place.body - title - self._head_height
        return title + self._head_height + (first if first <= room / 2 else least)

    def paint(self) -> None:
        """Paint the table, its title before and its notes after it."""
        pages = self._pages
        pages.need(self.opening())
        if self._table.title:
            pages.bookmark(self._table.title, 1)
            pages.write(self._table.title, theme.TABLE_TITLE)
            pages.height -= 4
        self._paint_head()
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

    def _paint_head(self) -> None:
        pages, style = self._pages, self._style
        top = pages.height
        pages.sheet.rule(0, top, self._measure, theme.ACCENT, 1.0)
        foot = top - self._head_height
        for box, lines in self._head:
            base = foot + theme.CELL_DOWN + len(lines) * style.leading - first_base(style)
            for line, shown in lines:
                pages.sheet.lines((line,), shown, box.inside, base, box.inner, box.align)
                base -= style.leading
        pages.sheet.rule(0, foot, self._measure, theme.ACCENT, 0.5)
        pages.height = foot

    def _paint_empty(self) -> None:
        pages, style = self._pages, self._style.coloured(theme.MUTED)
        pages.height -= theme.CELL_DOWN
        pages.write(self._empty, style, theme.CELL_ACROSS, self._measure - 2 * theme.CELL_ACROSS)
        pages.height -= theme.CELL_DOWN

    def _paint_bundle(self, bundle: list[LaidRow]) -> None:
        together = sum(row.height for row in bundle)
        if together > self._pages.room and together <= self._body() / 2:
            self._turn()
        for row in bundle:
            self._paint_row(row)

    def _body(self) -> float:
        return self._pages.place.body - self._head_height

    def _turn(self) -> None:
        """Close the table at the foot of the page and go on with its head on the next."""
        self._pages.sheet.rule(0, self._pages.height, self._measure, theme.RULE)
        self._pages.next_page()
        self._paint_head()

    def _paint_row(self, row: LaidRow) -> None:
        """Paint a row, divided between pages when it is too tall to be moved to the next."""
        done = 0
        while done < row.lines:
            left = row.lines - done
            fit = int((self._pages.room - 2 * theme.CELL_DOWN) / row.leading + 1e-6)
            if fit < left and (fit < _LEAST_LINES or (not done and row.height <= self._body() / 3)):
                self._turn()
                continue
            if fit < left < fit + _LEAST_LINES:
                fit = left - _LEAST_LINES
            count = min(fit, left) if fit > 0 else left
            self._paint_slice(row, done, done + count)
            done += count

    def _paint_slice(self, row: LaidRow, first: int, last: int) -> None:
        pages = self._pages
        sheet = pages.sheet
        height = (last - first) * row.leading + 2 * theme.CELL_DOWN
        top, foot = pages.height, pages.height - height
        if row.role is RowRole.TOTAL:
            sheet.fill(theme.TINT, 0, foot, self._measure, height)
            sheet.rule(0, top, self._measure, theme.ACCENT, 0.7)
        base = top - theme.CELL_DOWN - first_base(self._style)
        for cell in row.cells:
            box = cell.box
            lines = cell.lines[first:last]
            sheet.lines(lines, cell.style, box.inside, base, box.inner, box.align)
        colour = theme.RULE if row.role in _SUMS else theme.HAIRLINE
        sheet.rule(0, foot, self._measure, colour)
        pages.height = foot

    def _paint_notes(self) -> None:
        pages = self._pages
        pages.height -= 5
        for note in self._table.notes:
            pages.write(note, theme.NOTE)
            pages.height -= 1.5
