"""What the program fills in by itself, from a linked record or from the record above a row.

It follows what it was taken from until somebody types something else in the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from mineaction_desktop.formdef.form import Field, Group
from mineaction_desktop.ui.entry.sheet import Cell, Sheet, Spot

Linked = Callable[[str, str, str], object]
"""A value of another record, by its kind, its id and the name of the field."""


def following(sheet: Sheet, cells: Mapping[Spot, Cell], linked: Linked) -> dict[Spot, Cell]:
    """What changes with these cells because it is taken from them, and what follows from that."""
    found: dict[Spot, Cell] = {}
    pending = list(cells.items())
    while pending:
        spot, cell = pending.pop()
        old = sheet.cell(spot).value
        if cell.value == old:
            continue
        for target, was, now in _targets(sheet, spot, old, cell.value, linked):
            taken = _taken(sheet.cell(target), was, now)
            if taken is not None and target not in cells and target not in found:
                found[target] = taken
                pending.append((target, taken))
    return found


def start(sheet: Sheet, row: str, linked: Linked) -> None:
    """Fill the empty fields of a new record or row with what they take."""
    fields = [one for one in sheet.form_of(row).fields.values() if one.taken]
    above = _above(sheet, sheet.kind_of(row)) if row else ""
    for field in sorted(
        fields, key=lambda one: one.link is None
    ):  # links first: others take by them
        spot = Spot(field.name, row)
        if sheet.cell(spot).value is not None or field.taken is None:
            continue
        if field.taken.link == above:
            value = sheet.values().get(field.taken.field)
        else:
            value = _of(sheet, row, field, linked)
        if value is not None:
            sheet.put({spot: Cell(value, given=True)})


def _of(sheet: Sheet, row: str, field: Field, linked: Linked) -> object:
    """What a field takes by another link of its row."""
    assert field.taken is not None  # noqa: S101 - only such fields are asked
    through = sheet.form_of(row).fields[field.taken.link]
    other = sheet.values(row).get(through.name)
    return linked(through.link, str(other), field.taken.field) if through.link and other else None


def _targets(
    sheet: Sheet, spot: Spot, old: object, new: object, linked: Linked
) -> Iterator[tuple[Spot, object, object]]:
    """The fields that take from a field, each with what it took and what it takes now."""
    kind = sheet.field(spot).link
    if kind is not None:
        for field in sheet.form_of(spot.row).fields.values():
            if field.taken and field.taken.link == spot.field:
                name = field.taken.field
                was, now = (linked(kind, str(one), name) if one else None for one in (old, new))
                yield Spot(field.name, spot.row), was, now
    if not spot.row:
        for group in sheet.form.groups:
            for field in group.form.fields.values():
                if _takes(group, field, spot.field):
                    for row in sheet.rows(group.kind):
                        yield Spot(field.name, row), old, new


def _takes(group: Group, field: Field, name: str) -> bool:
    """Whether a field of a row takes a field of the record above: as it says, or the same link."""
    if field.taken and field.taken.link == group.link_field:
        return field.taken.field == name
    return bool(field.link) and field.name == name != group.link_field


def _taken(cell: Cell, was: object, now: object) -> Cell | None:
    """What a cell holds after what it takes has changed; nothing if it stays as it is."""
    is_ours = cell.value is None or cell.given or cell.value == was
    is_nothing = cell.value == now or (now is None and cell.value != was)
    if cell.text is not None or not is_ours or is_nothing:
        return None
    return replace(cell, value=now, given=now is not None)


def _above(sheet: Sheet, kind: str) -> str:
    """The field by which the rows of a kind name the record that is keyed."""
    return next(group.link_field for group in sheet.form.groups if group.kind == kind)
