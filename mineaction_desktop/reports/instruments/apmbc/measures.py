"""Forms A, E and F: measures, production facilities and programmes of destruction."""

from __future__ import annotations

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import RELEASED, AreaMovementKind
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Figure, Unit, total, without_number
from mineaction_desktop.reports.instruments.apmbc.common import listed, record_figure, sentence
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow
from mineaction_desktop.storage.queries import Fact

REFERENCE = mark("{title} ({kind}, {reference})")
NO_REFERENCE = mark("{title} ({kind})")
ADOPTED = mark("Adopted: {date}")
IN_FORCE = mark("In force since: {date}")
PENAL = mark("Penal sanctions: {answer}")
SITE = mark("{name} ({place})")
STATUS = mark("Status: {status}")
STARTED = mark("Started: {date}")
PLANNED_END = mark("Planned end: {date}")
COMPLETED = mark("Completed: {date}")
SITES = mark("Location of destruction sites: {sites}")
METHODS = mark("Methods: {methods}")
SAFETY = mark("Safety standards: {standards}")
ENVIRONMENT = mark("Environmental standards: {standards}")
FACILITY = mark("Facility: {name}")
PRODUCTS = mark("Products: {products}")

BY_METHOD = {
    "non_technical_survey": (AreaMovementKind.CANCELLED,),
    "technical_survey": (AreaMovementKind.REDUCED,),
    "clearance": (AreaMovementKind.CLEARED,),
}
"""What each method achieves; a milestone without a method asks for all three."""


def _applies(source: Source, row: Fact) -> bool:
    """Whether a measure exists in the period: begun by its end and not repealed before it."""
    begun = row["adopted_on"] or row["in_force_on"]
    if begun is not None and begun.first > source.period.last:
        return False
    return row["repealed_on"] is None or row["repealed_on"].last >= source.period.first


def measures(source: Source) -> TableData:
    """Form A: every measure that exists, also those of earlier years."""
    show = source.presenter.partial_date
    rows = []
    for row in source.all("legal_measure"):
        if not _applies(source, row):
            continue
        title = source.say(
            REFERENCE if row["reference_no"] else NO_REFERENCE,
            title=row["title"],
            kind=source.label("measure_kind", row["kind"]),
            reference=row["reference_no"],
        )
        supplementary = listed(
            sentence(source, ADOPTED, date=row["adopted_on"] and show(row["adopted_on"])),
            sentence(source, IN_FORCE, date=row["in_force_on"] and show(row["in_force_on"])),
            sentence(source, PENAL, answer=source.label("penal_sanctions", row["penal_sanctions"])),
            row["description"],
        )
        rows.append(TableRow(row["local_id"], {"measures": title, "supplementary": supplementary}))
    state, text = source.empty("measures", known=False)
    return TableData(tuple(rows), state, text)


def facilities(source: Source) -> TableData:
    """Form E: production facilities and what has become of them."""
    rows = []
    for row in source.all("production_facility"):
        done = row["completed_on"]
        cells: dict[str, Cell] = {
            "action": source.label("facility_action", row["action"]) or State.UNKNOWN,
            "status": source.label("facility_status", row["status"]) or State.UNKNOWN,
            "supplementary": listed(
                sentence(source, FACILITY, name=row["name"] if source.shows(row) else None),
                row["place"] if source.shows(row) else None,
                sentence(source, PRODUCTS, products=row["products"]),
                sentence(source, COMPLETED, date=done and source.presenter.partial_date(done)),
                row["description"],
            ),
        }
        rows.append(TableRow(row["local_id"], cells))
    if source.declared("production") is None and source.state["ever_produced"] is False:
        return TableData(tuple(rows), State.NOT_APPLICABLE)
    state, text = source.empty("production", known=False)
    return TableData(tuple(rows), state, text)


def programmes(source: Source, article: str, subject: str) -> TableData:
    """Form F: programmes of destruction under Article 4 or 5, with their sites."""
    rows = []
    for row in source.all("destruction_programme"):
        if row["article"] != article:
            continue
        if row["started_on"] is not None and row["started_on"].first > source.period.last:
            continue
        sites = [s for s in source.all("destruction_site") if s["programme_id"] == row["id"]]
        rows.append(
            TableRow(
                row["local_id"],
                {
                    "description": _programme(source, row, sites),
                    "details": _details(source, [row, *sites]),
                },
            )
        )
    known = article == "article_4" and source.is_completed(4)
    state, text = source.empty(subject, known=known)
    return TableData(tuple(rows), state, text)


def _programme(source: Source, row: Fact, sites: list[Fact]) -> str:
    dated = [
        sentence(source, template, date=row[name] and source.presenter.partial_date(row[name]))
        for template, name in (
            (STARTED, "started_on"),
            (PLANNED_END, "planned_end"),
            (COMPLETED, "completed_on"),
        )
    ]
    status = source.label("programme_status", row["status"])
    return listed(
        row["title"],
        sentence(source, STATUS, status=status),
        *dated,
        row["status_text"],
        sentence(source, SITES, sites=listed(*(_site(source, site) for site in sites), by="; ")),
    )


def _site(source: Source, site: Fact) -> str | None:
    if not source.shows(site):
        return source.presenter.state(State.WITHHELD)
    place = ", ".join(reversed(source.places(site["admin_unit_id"])))
    if not place:
        return str(site["name"])
    return source.say(SITE, name=site["name"], place=place)


def _details(source: Source, rows: list[Fact]) -> str:
    methods = {m: None for row in rows for m in row["methods"] or ()}
    safety = {row["safety_standard"]: None for row in rows if row["safety_standard"]}
    nature = {row["environmental_standard"]: None for row in rows if row["environmental_standard"]}
    shown = listed(*source.labels("destruction_method", list(methods)), by="; ")
    return listed(
        sentence(source, METHODS, methods=shown),
        sentence(source, SAFETY, standards=listed(*safety, by="; ")),
        sentence(source, ENVIRONMENT, standards=listed(*nature, by="; ")),
    )


def milestones(source: Source) -> TableData:
    """Form F part 2: what the work plan sets for the period, beside what was released."""
    year = source.period.last.year
    rows = []
    for row in source.all("milestone"):
        if row["year"] != year:
            continue
        key = f"milestones/{row['local_id']}"
        cells: dict[str, Cell] = {
            "subject": listed(
                source.label("milestone_subject", row["subject"]),
                ", ".join(reversed(source.places(row["admin_unit_id"]))),
                source.label("release_method", row["method"]),
            ),
            "planned_areas": record_figure(
                f"{key}/areas", "milestone", row, "planned_areas", Unit.COUNT
            ),
            "planned_area": record_figure(
                f"{key}/area", "milestone", row, "planned_area_m2", Unit.AREA
            ),
            "achieved_area": _achieved(source, row, f"{key}/achieved"),
            "supplementary": listed(row["achieved_text"], row["adjustment_reason"]),
        }
        rows.append(TableRow(row["local_id"], cells))
    return TableData(tuple(rows), State.NOT_COLLECTED)


def _achieved(source: Source, plan: Fact, key: str) -> Figure:
    """The area released in the period by the method and in the place of a milestone."""
    if plan["subject"] != "apm_area":
        return without_number(key, State.NOT_COLLECTED, Unit.AREA)
    kinds = BY_METHOD.get(plan["method"], RELEASED)
    flows = [
        source.land.flow(account, kinds, f"{key}/{number}", -1)
        for number, account in enumerate(source.land.accounts)
        if any(kind in source.land.balance(account).flows for kind in kinds)
        and _lies_in(source, account, plan["admin_unit_id"])
    ]
    return total(key, flows, Unit.AREA)


def _lies_in(source: Source, account: Account, wanted: str | None) -> bool:
    area = source.by_id("hazardous_area").get(account[0] or "")
    unit: str | None = area["admin_unit_id"] if area else account[1]
    units = source.by_id("admin_unit")
    while wanted is not None and unit is not None and unit != wanted:
        unit = units[unit]["parent_id"]
    return wanted is None or unit == wanted
