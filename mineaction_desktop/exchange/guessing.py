"""Which sheets of a file hold records, and of which kind, when nobody has said so."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.exchange.mapping import TableMapping
from mineaction_desktop.exchange.plans import (
    SheetPlan,
    own_number,
    plan_by_headings,
    plan_by_mapping,
)
from mineaction_desktop.exchange.tables import Sheet, TableFile, refused
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.headings import Ambiguous, Matched, match_headings
from mineaction_desktop.formdef.wording import key, listing
from mineaction_desktop.i18n import Message, mark

UNCLEAR = mark(
    "It is not clear what the rows of “{file}” are. They could be: {kinds}. Say which with --as, "
    "for example --as {example}, or write a mapping."
)
UNKNOWN = mark(
    "The headings of “{file}” are those of no record kind. Say with --as what the rows are, or "
    "write a mapping that says which column is which field."
)
OTHER_KIND = mark(
    "The mapping makes records of the kind “{mapped}”, but “{kind}” was asked for. Leave one out."
)
NO_SHEET = mark("“{file}” has no sheet “{name}”. It has: {sheets}.")
WHICH_SHEET = mark(
    "“{file}” has several sheets that could be meant: {sheets}. Delete the others, or name the "
    "sheet in a mapping."
)
NOT_TAKEN = mark("The sheet “{sheet}” was not imported: its headings are those of no record kind.")

_SHOWN = 5


def plan_file(
    file: TableFile, catalogue: Catalogue, kind: str | None, mapping: TableMapping | None
) -> tuple[list[SheetPlan], list[Message]]:
    """Say for each sheet with records what becomes of it; and which sheets are left out."""
    if mapping is not None:
        if kind is not None and mapping.file.kind not in (None, kind):
            values = {"mapped": mapping.file.kind, "kind": kind}
            raise UserError(Message(OTHER_KIND, values))
        return [plan_by_mapping(_mapped_sheet(file, mapping), mapping)], []
    if kind is not None:
        form = catalogue.form(kind)
        return [plan_by_headings(_sheet_for(file, form), form)], []
    if len(file.sheets) == 1:
        sheet = file.sheets[0]
        return [plan_by_headings(sheet, _form_of(file, sheet, catalogue))], []
    forms = [(sheet, _recognised(sheet, catalogue)) for sheet in file.sheets]
    plans = [plan_by_headings(sheet, form) for sheet, form in forms if form is not None]
    if not plans:
        raise refused(UNKNOWN, file.path)
    left = [Message(NOT_TAKEN, {"sheet": sheet.name}) for sheet, form in forms if form is None]
    return plans, left


def _mapped_sheet(file: TableFile, mapping: TableMapping) -> Sheet:
    name = mapping.file.sheet
    if name is not None:
        found = next((sheet for sheet in file.sheets if sheet.name == name), None)
        if found is None and file.sheets[0].name is not None:
            raise refused(NO_SHEET, file.path, name=name, sheets=_names(file.sheets))
        return found or file.sheets[0]
    wanted = {key(heading) for heading in mapping.headings()}
    return _only(file, [s for s in file.sheets if wanted <= set(map(key, s.headings))])


def _sheet_for(file: TableFile, form: Form) -> Sheet:
    called = [sheet for sheet in file.sheets if _is_called(sheet.name, form)]
    if len(called) == 1 or len(file.sheets) == 1:
        return (called or file.sheets)[0]
    best = max(_count(sheet, form) for sheet in file.sheets)
    return _only(file, [sheet for sheet in file.sheets if _count(sheet, form) == best])


def _only(file: TableFile, sheets: Sequence[Sheet]) -> Sheet:
    if len(sheets) > 1:
        raise refused(WHICH_SHEET, file.path, sheets=_names(sheets))
    return sheets[0] if sheets else file.sheets[0]


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(sheet.name or "" for sheet in sheets)


def _is_called(name: str | None, form: Form) -> bool:
    return name is not None and key(name) in {key(form.kind), key(form.title), key(form.plural)}


def _fields(sheet: Sheet, form: Form) -> set[str]:
    """The fields that the headings of a sheet name."""
    headings = [own_number(heading) for heading in sheet.headings if heading]
    found = set()
    for match in match_headings(form, headings):
        match match:
            case Matched(field=field) | Ambiguous(fields=(field,)):
                found.add(field.name)
    return found


def _count(sheet: Sheet, form: Form) -> int:
    return len(_fields(sheet, form))


def _candidates(sheet: Sheet, catalogue: Catalogue) -> list[Form]:
    """The kinds whose obligatory fields are all there, those with most fields named only."""
    found: list[tuple[int, Form]] = []
    for form in catalogue.forms.values():
        fields = _fields(sheet, form)
        needed = {field.name for field in form.fields.values() if field.obligatory}
        if len(fields) > 1 and needed <= fields:
            found.append((len(fields), form))
    best = max((count for count, _ in found), default=0)
    return [form for count, form in found if count == best]


def _recognised(sheet: Sheet, catalogue: Catalogue) -> Form | None:
    called = [form for form in catalogue.forms.values() if _is_called(sheet.name, form)]
    found = called or _candidates(sheet, catalogue)
    return found[0] if len(found) == 1 and _count(sheet, found[0]) else None


def _form_of(file: TableFile, sheet: Sheet, catalogue: Catalogue) -> Form:
    """The one kind that the only table of a file holds."""
    forms = catalogue.forms.values()
    for name in (sheet.name, file.path.stem):
        called = [form for form in forms if _is_called(name, form) and _count(sheet, form)]
        if len(called) == 1:
            return called[0]
    candidates = _candidates(sheet, catalogue)
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        counts = [(_count(sheet, form), form) for form in forms]
        most = max(count for count, _ in counts)
        candidates = [form for count, form in counts if count == most > 1]
    if not candidates:
        raise refused(UNKNOWN, file.path)
    kinds = listing([form.kind for form in candidates[:_SHOWN]])
    raise refused(UNCLEAR, file.path, kinds=kinds, example=candidates[0].kind)
