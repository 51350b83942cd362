"""The rows of a sheet as markup, streamed one by one.

The workbook library writes everything around the rows. The rows are written here because a formula
has to carry its checked value, which the library cannot store, and because long annexes should not
keep a person waiting.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel.formulas import Places
from mineaction_desktop.reports.writers.excel.layout import Layout
from mineaction_desktop.reports.writers.excel.lines import Body, Line, Put
from mineaction_desktop.reports.writers.excel.links import Link
from mineaction_desktop.reports.writers.excel.numbers import content
from mineaction_desktop.reports.writers.excel.styles import Look, Styles
from mineaction_desktop.reports.writers.excel.text import (
    fitted,
    looks_like_formula,
    markup,
    string_element,
)

_TITLE_FACE = '<rPr><b/><sz val="10"/><color rgb="FF1F2933"/><rFont val="Calibri"/></rPr>'
_SMALL_FACE = '<rPr><i/><sz val="9"/><color rgb="FF6B7785"/><rFont val="Calibri"/></rPr>'


class SheetRows:
    """The rows of one sheet; ``merged`` grows while they are written."""

    def __init__(
        self, layout: Layout, presenter: Presenter, styles: Styles, links: list[Link]
    ) -> None:
        self.merged: list[str] = []
        self.links = links
        self.area = layout.area
        self._layout = layout
        self._presenter = presenter
        self._styles = styles
        self._places = Places(layout)
        self._letters = [get_column_letter(at + 1) for at in range(layout.columns)]

    def __iter__(self) -> Iterator[str]:
        for number, (first, part) in enumerate(self._layout.placed()):
            if isinstance(part, Body):
                lines = part.lines(self._layout.grid, self._presenter)
                for row, line in enumerate(lines, first):
                    yield self._row(line, row, number)
            else:
                yield self._row(part, first, number)

    def _row(self, line: Line, row: int, part: int) -> str:
        cells = "".join([self._cell(put, row, part) for put in line.puts])
        # A height that is not called custom is only a first guess where nothing is merged:
        # spreadsheets fit the row to its text as soon as somebody edits it.
        fixed = ' customHeight="1"' if any(put.span.columns > 1 for put in line.puts) else ""
        tall = f' ht="{line.height}"{fixed}' if line.height else ""
        level = ' outlineLevel="1"' if line.folds else ""
        return f'<row r="{row}"{tall}{level}>{cells}</row>'

    def _cell(self, put: Put, row: int, part: int) -> str:
        first, columns = put.span
        found = content(put.value, self._presenter)
        if found.number_format is None:
            text = fitted(found.text, self._presenter.words)
            quoted = looks_like_formula(text)
            look = Look(put.role, put.align, put.wrap, muted=found.muted, quoted=quoted)
            inside = self._text(text, put.small)
        else:
            look = Look(put.role, put.align, wrap=False, number_format=found.number_format)
            inside = f">{self._formula(put.value, part)}<v>{found.text}</v></c>"
        style = self._styles.id(look)
        cell = f'<c r="{self._letters[first - 1]}{row}" s="{style}"{inside}'
        if columns == 1:
            return cell
        covered = self._letters[first : first + columns - 1]
        self.merged.append(f"{self._letters[first - 1]}{row}:{covered[-1]}{row}")
        return cell + "".join([f'<c r="{letter}{row}" s="{style}"/>' for letter in covered])

    def _text(self, text: str, small: str) -> str:
        """The rest of the element of a cell with text, to which small text may be added below."""
        if small:
            small = string_element("\n" + fitted(small, self._presenter.words))
            title = f"<r>{_TITLE_FACE}{string_element(text)}</r>"
            return f' t="inlineStr"><is>{title}<r>{_SMALL_FACE}{small}</r></is></c>'
        return f' t="inlineStr"><is>{string_element(text)}</is></c>' if text else "/>"

    def _formula(self, value: Cell, part: int) -> str:
        formula = self._places.formula(value, part) if isinstance(value, Figure) else None
        return f"<f>{markup(formula)}</f>" if formula else ""
