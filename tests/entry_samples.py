"""Records as a person keys them, that the tests of the desk's services share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.services.content import Content, RowContent, Saved
from mineaction_desktop.services.editing import blank, blank_row, open_record, save
from mineaction_desktop.storage.audit import Entry, entries
from mineaction_desktop.storage.store import Store

MARCH = PartialDate.parse("2025-03-09")


@cache
def forms() -> Catalogue:
    return load_catalogue()


def keyed(content: Content, /, **values: object) -> Content:
    """The content with some fields filled in."""
    assert values.keys() <= content.values.keys()
    return replace(content, values={**content.values, **values})


def record(kind: str, /, **values: object) -> Content:
    return keyed(blank(forms(), kind), **values)


def row(content: Content, kind: str, /, **values: object) -> RowContent:
    made = blank_row(forms(), content, kind)
    assert values.keys() <= made.values.keys()
    return replace(made, values={**made.values, **values})


def with_rows(content: Content, kind: str, *rows: RowContent) -> Content:
    return replace(content, groups={**content.groups, kind: rows})


def changed_row(content: Content, kind: str, /, position: int = 0, **values: object) -> Content:
    """The content with some fields of a row filled in anew; ``hidden`` deletes the row."""
    rows = list(content.rows(kind))
    hidden = bool(values.pop("hidden", rows[position].hidden))
    filled = {**rows[position].values, **values}
    rows[position] = replace(rows[position], values=filled, hidden=hidden)
    return with_rows(content, kind, *rows)


def area(name: str = "North field", **values: object) -> Content:
    return record("hazardous_area", name=name, area_class="CHA", **values)


def activity(of: Content, **values: object) -> Content:
    """A completed clearance with what it released and found."""
    made = record(
        "land_activity",
        kind="clearance",
        hazardous_area_id=of.id,
        start_date=PartialDate.parse("2025-03-01"),
        end_date=MARCH,
        status="completed",
        **values,
    )
    released = row(
        made, "area_movement", kind="cleared", area_class="CHA", date=MARCH, area_m2=4200
    )
    found = row(made, "device_found", family="APM", date=MARCH, quantity=3, destroyed=3)
    return with_rows(with_rows(made, "area_movement", released), "device_found", found)


def survivor() -> Content:
    return record(
        "survivor",
        victim_type="direct",
        sex="female",
        birth_year=1980,
        consent="given",
        consent_date=dt.date(2020, 3, 1),
        registered_on=PartialDate.parse("2020-03"),
    )


def put(store: Store, content: Content) -> Content:
    """Save a record and give it as it stands then."""
    return save(store, forms(), content).content


def reopened(store: Store, content: Content) -> Content:
    with store.read() as reader:
        return open_record(reader, forms(), content.kind, content.id)


def told(store: Store, saved: Saved) -> list[Entry]:
    """What the trail says of a saving, oldest first."""
    with store.read() as reader:
        return entries(reader, batch=saved.changes.batch)[::-1] if saved.changes.batch else []
