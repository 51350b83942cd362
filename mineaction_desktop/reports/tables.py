"""Tables as an instrument offers them, and their meeting with the layout of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import Words
from mineaction_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Form,
    Heading,
    Paragraph,
    Row,
    RowRole,
    Table,
    TextRole,
)
from mineaction_desktop.reports.figures import Figure, Unit, total
from mineaction_desktop.reports.layouts import ColumnLayout, FormLayout, PartLayout


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by column names; ``key`` is unique in its table, ``opens`` as in the document."""

    key: str
    cells: Mapping[str, Cell]
    role: RowRole = RowRole.DATA
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class TableData:
    """What an instrument has to say in one table; ``empty`` is why there may be no rows."""

    rows: tuple[TableRow, ...]
    empty: State = State.NONE
    empty_text: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an instrument offers to the layouts: tables, texts and ready blocks by name."""

    tables: Mapping[str, TableData]
    texts: Mapping[str, str | None] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    drawings: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    options: frozenset[str] = frozenset()


def totalled(
    table: str, rows: Iterable[TableRow], units: Mapping[str, Unit], label: tuple[str, str]
) -> tuple[TableRow, ...]:
    """Append a TOTAL row over the figures of some columns; an empty table gets none."""
    kept = tuple(rows)
    if not kept:
        return kept
    cells: dict[str, Cell] = {label[0]: label[1]}
    for column, unit in units.items():
        data = [
            cell
            for row in kept
            if row.role is RowRole.DATA and isinstance(cell := row.cells.get(column), Figure)
        ]
        cells[column] = total(f"{table}/total/{column}", data, unit)
    return (*kept, TableRow("total", cells, RowRole.TOTAL))


def _column(layout: ColumnLayout, words: Words) -> Column:
    return Column(
        key=layout.key,
        title=words.gettext(layout.title),
        kind=layout.kind,
        weight=layout.weight,
        unit=words.gettext(layout.unit) if layout.unit else None,
        help=words.gettext(layout.help) if layout.help else None,
    )


def _table(part: PartLayout, name: str, content: Content, words: Words, *, titled: bool) -> Table:
    data = content.tables[name]
    chosen = [c for c in part.columns if c.option is None or c.option in content.options]
    rows = tuple(
        Row(row.key, tuple(row.cells.get(c.key) for c in chosen), row.role, row.opens)
        for row in data.rows
    )
    return Table(
        key=name,
        title=words.gettext(part.title) if titled and part.title else None,
        columns=tuple(_column(column, words) for column in chosen),
        rows=rows,
        empty=data.empty,
        empty_text=data.empty_text,
        notes=(*data.notes, *(words.gettext(note) for note in part.notes)),
    )


def _part(
    part: PartLayout, content: Content, texts: Mapping[str, str], words: Words
) -> Iterable[Block]:
    if part.option is not None and part.option not in content.options:
        return
    titled_above = part.title is not None and (part.table is None or part.remark is not None)
    if titled_above and part.title:
        yield Heading(words.gettext(part.title), part.level)
    if part.remark:
        yield Paragraph(words.gettext(part.remark), TextRole.REMARK)
    if part.block is not None:
        yield from content.drawings.get(part.block, ())
    if part.table is not None:
        yield _table(part, part.table, content, words, titled=not titled_above)
    if part.text is not None:
        if block := content.blocks.get(part.text):
            yield block
        elif said := content.texts.get(part.text):
            yield Paragraph(said)
        elif part.text in texts:
            yield Paragraph(words.gettext(texts[part.text]), TextRole.NOTE)
        else:
            yield Paragraph(words.gettext(part.empty_words), TextRole.NOTE)


def lay_out(form: FormLayout, content: Content, period_line: str | None, words: Words) -> Form:
    """Put what the instrument offers into the shape of one form."""
    preamble = [
        Paragraph(words.gettext(text), role)
        for text, role in (
            (form.provision, TextRole.LEGAL),
            (form.legal, TextRole.LEGAL),
            (form.remark, TextRole.REMARK),
        )
        if text
    ]
    return Form(
        key=form.id,
        sheet=words.gettext(form.sheet),
        title=words.gettext(form.title),
        label=words.gettext(form.label) if form.label else None,
        preamble=tuple(preamble),
        period_line=period_line,
        media=form.media,
        blocks=tuple(
            block for part in form.parts for block in _part(part, content, form.texts, words)
        ),
    )
