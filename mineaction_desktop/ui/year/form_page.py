"""One form of the report in the window: its blocks one below the other, read from the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import (
    Block,
    Choices,
    Fields,
    Form,
    Heading,
    Paragraph,
    Table,
    TextRole,
)
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.year.figure_table import FigureModel, FigureTable
from mineaction_desktop.ui.year.parts import column_of, said

TICKED, EMPTY = "☑", "☐"
BOX = mark("{box} {text}")
BLUE = mark("Blue numbers open the records behind them.")


class FormPage(QWidget):
    """A form as it will be printed, without the drawings; figures open the records behind them."""

    def __init__(
        self,
        desk: Desk,
        form: Form,
        presenter: Presenter,
        changed: Mapping[str, str],
        opened: Callable[[Figure], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._presenter = presenter
        self._changed = changed
        self._opened = opened
        column = column_of(self, margin=16, spacing=12)
        column.addWidget(said(form.title, size=1.35, bold=True))
        if any(isinstance(block, Table) and block.rows for block in form.blocks):
            column.addWidget(said(desk.say(BLUE), "soft", size=0.9))
        for paragraph in form.preamble:
            column.addWidget(_paragraph(paragraph))
        for block in form.blocks:
            for widget in self._widgets(block):
                column.addWidget(widget)
        column.addStretch(1)

    def _widgets(self, block: Block) -> list[QWidget]:
        match block:
            case Heading(text, level):
                return [said(text, size=1.15 if level == 1 else 1.05, bold=True)]
            case Paragraph():
                return [_paragraph(block)]
            case Fields():
                return [self._fields(block)]
            case Choices():
                return [self._choices(block)]
            case Table():
                return self._table(block)
            case _:  # drawings and photographs are for the printed report
                return []

    def _table(self, table: Table) -> list[QWidget]:
        found: list[QWidget] = [said(table.title, bold=True)] if table.title else []
        if table.rows:
            view = FigureTable(FigureModel(self._desk, table, self._presenter, self._changed, self))
            view.opened.connect(self._opened)
            found.append(view)
        else:
            found.append(said(table.empty_text or self._presenter.state(table.empty), "soft"))
        return [*found, *(said(note, "soft", size=0.9) for note in table.notes)]

    def _fields(self, fields: Fields) -> QWidget:
        part = QWidget()
        lines = QFormLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(theme.space(24))
        for label, cell in fields.items:
            name = QLabel(label)
            name.setProperty("role", "soft")
            lines.addRow(name, said(self._presenter.cell(cell)))
        return part

    def _choices(self, choices: Choices) -> QWidget:
        part = QWidget()
        lines = QFormLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(theme.space(24))
        for choice in (*choices.left, *choices.right):
            boxes = "    ".join(
                self._desk.say(BOX, box=TICKED if ticked else EMPTY, text=text)
                for text, ticked in choice.options
            )
            lines.addRow(said(choice.label), said(boxes))
        return part


def _paragraph(paragraph: Paragraph) -> QLabel:
    match paragraph.role:
        case TextRole.LEGAL | TextRole.NOTE:
            return said(paragraph.text, "soft", size=0.9)
        case _:
            return said(paragraph.text)
