"""What a list shows, taken out: as text for a spreadsheet, as a file, or on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.exchange.editions import IDENTITY
from mineaction_desktop.exchange.guard import guarded
from mineaction_desktop.exchange.outgoing import Heading, Outgoing
from mineaction_desktop.exchange.writing import placed, write_csv, write_json
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.types import PORTABLE, TYPES, FieldContext
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.document import (
    Column,
    ColumnKind,
    Medium,
    Origin,
    Report,
    Row,
    Table,
)
from mineaction_desktop.reports.document import Form as Page
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.browsing import (
    NUMBERS,
    PAGE,
    ListQuery,
    ListRow,
    Names,
    column,
    page,
)
from mineaction_desktop.services.exporting import OTHER_SUFFIX, SUFFIXES
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage import listing
from mineaction_desktop.storage.store import Store

if TYPE_CHECKING:
    from mineaction_desktop.services.browsing import Column as Shown

MOST_PRINTED = 20_000
MOST_COPIED = 100_000
TOO_MANY = mark("The list has {n} records. Narrow it down to {limit}, or export it to a file.")
LISTED = mark("{n} record, as listed on {day}")
LISTED_MANY = mark("{n} records, as listed on {day}")
PAGE_LABEL = mark("Page {page} of {pages}")
LOCKED_KIND = mark("Identities are not taken out of a list. Use the export with the passphrase.")
_AT_A_TIME = 5 * PAGE


def listed(
    store: Store,
    names: Names,
    query: ListQuery,
    keys: Sequence[int],
    progress: Progress = silent,
) -> Iterator[ListRow]:
    """The records of some rows, read a few at a time, in the order of the rows."""
    for start in range(0, len(keys), _AT_A_TIME):
        chunk = keys[start : start + _AT_A_TIME]
        found = page(store, names, query, chunk)
        yield from (found[key] for key in chunk if key in found)
        progress(min(start + _AT_A_TIME, len(keys)), len(keys))


def clipboard_text(store: Store, names: Names, query: ListQuery, keys: Sequence[int]) -> str:
    """Rows as a spreadsheet takes them: headings, then cells with tabs between them.

    Text that a spreadsheet would run as a formula is guarded.
    """
    _refuse_many(len(keys), MOST_COPIED)
    form = names.catalogue.form(query.kind)
    shown = [column(form, name, names.words) for name in query.columns]
    lines = ["\t".join(_cell(one.label) for one in shown)]
    rows = listed(store, names, query, keys)
    lines.extend("\t".join(_copied(one, row, names) for one in shown) for row in rows)
    return "\n".join(lines) + "\n"


def _copied(shown: Shown, row: ListRow, names: Names) -> str:
    text = plain_text(shown.field, row, names)
    return text if shown.field.type in NUMBERS else _cell(guarded(text))


def _cell(text: str) -> str:
    """A cell that has breaks or quotation marks stands in quotation marks."""
    if not any(sign in text for sign in '\t\n\r"'):
        return text
    return '"' + text.replace('"', '""') + '"'


def plain_text(field: Field, row: ListRow, names: Names) -> str:
    """A value as it can be read back, whoever reads it."""
    value = row.values.get(field.name)
    if field.link and not field.extra:
        return row.linked.get(field.name, "")
    if value is None:
        return ""
    if field.type not in TYPES:
        return str(value)
    if field.choices is not None and isinstance(value, str):
        return field.choices.label(value, names.words)
    currency = row.values.get(field.currency_field or "")
    context = FieldContext(
        decimal_mark=PORTABLE.decimal_mark, currency=currency if isinstance(currency, str) else None
    )
    return TYPES[field.type].write(value, field, context)


def export_list(
    store: Store,
    names: Names,
    query: ListQuery,
    keys: Sequence[int],
    path: Path,
    progress: Progress = silent,
) -> Path:
    """Write the columns and rows of a list to a CSV, XLSX or JSON file."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        values = {"file": path.name, "suffixes": ", ".join(SUFFIXES)}
        raise UserError(Message(OTHER_SUFFIX, values))
    _refuse_identities(query)
    form = names.catalogue.form(query.kind)
    headings = _headings(form, query)
    rows = _rows(store, headings, listed(store, names, query, keys, progress))
    table = Outgoing(form, headings, rows, len(keys))
    with placed(path) as unfinished:
        if suffix == ".csv":
            write_csv(unfinished, table)
        elif suffix == ".json":
            write_json(unfinished, [table], "internal")
        else:
            from mineaction_desktop.exchange import (  # noqa: PLC0415 - slow to import
                workbook_writing,
            )

            workbook_writing.write_workbook(unfinished, [table])
    return path


def _headings(form: Form, query: ListQuery) -> tuple[Heading, ...]:
    found: list[Heading] = []
    for name in query.columns:
        field = form.fields.get(name)
        found.append(Heading(name, column(form, name).label, field))
        if field is not None and field.link and not field.extra:
            found.append(Heading(f"{name}.name", field.label, field, names_link=True))
        if field is not None and field.currency_field and field.currency_field not in query.columns:
            money = form.fields[field.currency_field]
            found.append(Heading(money.name, money.label, money))
    return tuple(found)


def _rows(
    store: Store, headings: Sequence[Heading], rows: Iterable[ListRow]
) -> Iterator[list[object]]:
    numbers = _Numbers(store)
    for row in rows:
        yield [_value(heading, row, numbers) for heading in headings]


def _value(heading: Heading, row: ListRow, numbers: _Numbers) -> object:
    field = heading.field
    name = field.name if field else heading.name
    value = row.values.get(name)
    if field is None:
        return None if value is None else str(value)
    if field.link and not field.extra and value is not None:
        return row.linked.get(name) if heading.names_link else numbers.of(field.link, str(value))
    return value


class _Numbers:
    """The readable numbers of linked records; each is asked for once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, str], str] = {}

    def of(self, kind: str, record_id: str) -> str:
        """The number of a record."""
        asked = kind, record_id
        if asked not in self._known:
            with self._store.read() as reader:
                found = listing.values_by_id(reader, kind, [record_id], ["local_id"])
            self._known[asked] = str(found[record_id]["local_id"]) if found else record_id
        return self._known[asked]


def print_list(
    store: Store,
    names: Names,
    query: ListQuery,
    keys: Sequence[int],
    path: Path,
    presenter: Presenter,
    progress: Progress = silent,
) -> Path:
    """Write the list as a PDF for printing: a table with its headings on every page."""
    _refuse_many(len(keys), MOST_PRINTED)
    _refuse_identities(query)
    rows = listed(store, names, query, keys, progress)
    report = _report(store, names, query, list(rows), presenter)
    from mineaction_desktop.reports.writers.pdf import write_pdf  # noqa: PLC0415 - slow to import

    with placed(path) as unfinished:
        write_pdf(report, presenter, unfinished)
    return path


def _report(
    store: Store, names: Names, query: ListQuery, rows: Sequence[ListRow], presenter: Presenter
) -> Report:
    form = names.catalogue.form(query.kind)
    title = presenter.words.gettext(form.plural)
    with store.read() as reader:
        changed_at = reader.changed_at
        origin = Origin(
            register_id=store.info.id,
            change_number=reader.change_number,
            fingerprint=reader.fingerprint,
            changed_at=changed_at,
            program=version("mineaction-desktop"),
        )
    day = changed_at.date()
    counted = Message(LISTED, {"n": len(rows), "day": presenter.day(day)}, LISTED_MANY)
    said = counted.render(presenter.words)
    sheet = Page(
        key="list",
        sheet=form.kind[:31],
        title=title,
        media=(Medium.PAPER,),
        period_line=said,
        blocks=(_table(form, names, query, rows),),
    )
    return Report(
        instrument="list",
        layout="list",
        edition="internal",
        language=presenter.language,
        right_to_left=presenter.language == "ar",
        title=title,
        short_title=title,
        state_name=store.path.stem,
        iso3="",
        first_day=day,
        last_day=day,
        as_of=day,
        is_final=True,
        stem=form.kind,
        footer=said,
        page_label=presenter.words.gettext(PAGE_LABEL),
        mark=None,
        notice=None,
        authority=None,
        origin=origin,
        forms=(sheet,),
    )


def _table(form: Form, names: Names, query: ListQuery, rows: Sequence[ListRow]) -> Table:
    shown = [column(form, name, names.words) for name in query.columns]
    columns = tuple(
        Column(key=one.name, title=one.label, kind=_kind(one), unit=one.field.unit) for one in shown
    )
    printed = tuple(
        Row(row.id, tuple(plain_text(one.field, row, names) or None for one in shown))
        for row in rows
    )
    return Table(key="rows", title=None, columns=columns, rows=printed)


def _kind(shown: Shown) -> ColumnKind:
    if shown.is_number:
        return ColumnKind.NUMBER
    return ColumnKind.CODE if shown.name == "local_id" else ColumnKind.TEXT


def _refuse_many(count: int, limit: int) -> None:
    if count > limit:
        raise UserError(Message(TOO_MANY, {"n": count, "limit": limit}))


def _refuse_identities(query: ListQuery) -> None:
    if query.kind == IDENTITY:
        raise UserError(Message(LOCKED_KIND))
