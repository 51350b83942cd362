"""A small register that is in order, and what the tests of the rules change in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.records.reference import StateProfile
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.rules.model import Case, Finding
from mineaction_desktop.storage.snapshots import FrozenFigure, Snapshot
from mineaction_desktop.storage.store import Store, Writer
from mineaction_desktop.storage.view import View

RULES = {rule.code: rule for rule in ALL_RULES}
YEAR = 2020
Row = tuple[str, Mapping[str, object]]

DATES = {
    "accident": ("date",),
    "area_class_change": ("date",),
    "area_movement": ("date",),
    "area_status_change": ("date",),
    "device_found": ("date", "destroyed_on"),
    "eore_session": ("date",),
    "hazardous_area": ("emplaced", "survey_date"),
    "land_activity": ("start_date", "end_date"),
    "legal_measure": ("adopted_on", "in_force_on", "repealed_on"),
    "production_facility": ("completed_on",),
    "retained_movement": ("date",),
    "retained_use": ("period",),
    "stock_movement": ("date",),
}
"""Columns with partial dates, which the cases write as text."""


def row(of: str, /, **values: object) -> Row:
    """One record by kind and values; dates as text."""
    return of, values


def area(record: str, name: str | None = None, **values: object) -> Row:
    """An area of confirmed class unless the values say otherwise."""
    return row("hazardous_area", id=record, name=name, **{"area_class": "CHA", **values})


def moved(
    where: str | None, kind: str, area_m2: int, when: str = "2020-05", **values: object
) -> Row:
    """A movement of the land ledger."""
    return row(
        "area_movement",
        hazardous_area_id=where,
        kind=kind,
        area_m2=area_m2,
        date=when,
        **{"area_class": "CHA", **values},
    )


def stocked(kind: str, quantity: int, when: str = "2020-05-01", **values: object) -> Row:
    """A movement of the stock; by default of the declared stock of one type."""
    usual: dict[str, object] = {"ordnance_type_id": "mine", "pool": "declared"}
    return row("stock_movement", kind=kind, quantity=quantity, date=when, **(usual | values))


def kept(kind: str, quantity: int, when: str = "2020-05-01", **values: object) -> Row:
    """A movement of the retained mines; by default of the school."""
    usual: dict[str, object] = {"ordnance_type_id": "mine", "organisation_id": "school"}
    return row("retained_movement", kind=kind, quantity=quantity, date=when, **(usual | values))


def found(destroyed: int, when: str = "2020-05-01", **values: object) -> Row:
    """A find of anti-personnel mines, all destroyed."""
    usual: dict[str, object] = {
        "family": "APM",
        "ordnance_type_id": "mine",
        "quantity": destroyed,
        "destroyed": destroyed,
    }
    return row("device_found", date=when, **(usual | values))


def report(
    figures: Mapping[str, int],
    year: int = YEAR - 1,
    submitted: date | None = None,
    origin: str = "submitted",
) -> Snapshot:
    """A submitted report with some figures by key."""
    day = submitted or date(year + 1, 4, 1)
    return Snapshot(
        id=f"report-{year}",
        instrument="apmbc",
        layout="classic",
        edition="public",
        language="en",
        year=year,
        number=1,
        origin=origin,
        submitted_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
        submitted_by="officer",
        office="office",
        note=None,
        document=b"",
        figures={
            key: FrozenFigure(key, value, "value", "mine", str(value))
            for key, value in figures.items()
        },
        fingerprint="",
    )


@dataclass(frozen=True)
class Change:
    """What a case changes in the register that is in order, and which reports it assumes."""

    rows: Sequence[Row] = ()
    state: Mapping[str, object] = field(default_factory=dict)
    earlier: Sequence[Snapshot] = ()
    sent: Sequence[Snapshot] = ()
    period: Period = Period.of_year(YEAR)  # noqa: RUF009 - a period never changes


BASE: Sequence[Row] = (
    row("admin_unit", id="north", local_id="ADM-N", name="North", level=1, area_km2=50),
    row(
        "organisation",
        id="school",
        local_id="ORG-S",
        name="Engineer School",
        roles=["holder"],
        authorised_from=PartialDate.parse("2000"),
        authorisation_act="Order 1",
    ),
    row("organisation", id="depot", local_id="ORG-D", name="Depot", roles=["holder"]),
    row(
        "ordnance_type",
        id="mine",
        local_id="PMN",
        name="PMN",
        family="APM",
        diameter_mm=112.0,
        fusing="pressure",
        explosive_type="TNT",
        explosive_g=200.0,
        mass_g=550.0,
        metal_class="medium",
        photo_id="photo",
    ),
    row("ordnance_type", id="other", local_id="M14", name="M14", family="APM"),
    row("ordnance_type", id="tank", local_id="TM62", name="TM-62", family="AVM"),
    row("attachment", id="photo", title="PMN", file_name="pmn.jpg", size_bytes=1000),
    row("legal_measure", id="law", title="Mine Ban Act", kind="law", penal_sanctions="yes"),
    row("contact_point", id="contact", state_profile_id="state", organisation="Authority"),
)


def build(store: Store) -> None:
    """Fill an empty register with what is in order."""
    with store.write() as writer:
        writer.add(
            StateProfile(
                id="state",
                name="Utopia",
                iso3="UTO",
                entry_into_force=date(2000, 1, 1),
                land_area_km2=1000,
                south=10.0,
                north=20.0,
                west=30.0,
                east=40.0,
                ever_produced=False,
            )
        )
        _add(writer, BASE)


def _add(writer: Writer, rows: Sequence[Row]) -> None:
    for kind, values in rows:
        dated = {
            name: PartialDate.parse(value)
            if name in DATES.get(kind, ()) and isinstance(value, str)
            else value
            for name, value in values.items()
        }
        writer.add_rows(kind, [dated])


class _TakenBackError(Exception):
    """Ends the transaction, so that every case starts from the same register."""


@contextmanager
def changed(store: Store, change: Change) -> Iterator[Case]:
    """The register with a change, for as long as it is looked at."""
    with suppress(_TakenBackError), store.write() as writer:
        state = writer.session.get_one(StateProfile, "state")
        for name, value in change.state.items():
            setattr(state, name, value)
        writer.session.flush()
        _add(writer, change.rows)
        view = View(writer, change.period)
        yield Case(view, tuple(change.earlier), tuple(change.sent))
        raise _TakenBackError


def findings(store: Store, code: str, change: Change) -> list[Finding]:
    """What one rule says of the register with a change."""
    with changed(store, change) as case:
        return list(RULES[code].check(case))
