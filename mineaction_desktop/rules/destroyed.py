"""Forms F and G: the plans to destroy mines, and what was destroyed."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import AP_FAMILIES, StockMovementKind, StockPool
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import finding, is_within, stock, type_name
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import rows_of
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.snapshots import Snapshot
from mineaction_desktop.storage.view import View

MOST_UNKNOWN_PERCENT = 20

STOCKS, LATE = mark("stockpiled mines"), mark("stock found late")
MINED_AREAS = mark("mines in mined areas")
TABLES = {"stock_destroyed": STOCKS, "found_late_destroyed": LATE, "mines_destroyed": MINED_AREAS}

SUM_DIFFERS = mark(
    "Destroyed since entry into force, {what}: the report for {year} said {sent:,}, and the books "
    "now give {booked:,} for the same day."
)
FAMILY_DIFFERS = mark(
    "{number}: {quantity:,} destroyed are entered as {family}, and their type {type} belongs to "
    "another family, so that the total and the table by type differ."
)
TYPE_UNKNOWN = mark(
    "The type of {unknown:,} of {total:,} mines destroyed in {year} is not known ({percent} %)."
)
LESS_THAN_A_YEAR = mark(
    "Destroyed since entry into force, {what}: {ever:,} in all, which is less than the {sent:,} "
    "reported for {year} alone."
)
NOT_SEPARATED = mark(
    "{number}: for {quantity:,} mines destroyed nobody says whether they were anti-personnel or "
    "anti-vehicle mines."
)
NO_PLAN = mark("{total:,} mines are in stock, and no programme to destroy them is recorded.")
NO_SITE = mark("{total:,} mines are in stock, and the programme names no site of destruction.")
SITE_LACKS = mark("The destruction site “{name}” says nothing on {missing}.")


def _destroyed(view: View, table: str, since: Period) -> int:
    """What was destroyed in a period that ends no later than the view's own."""
    if table == "mines_destroyed":
        return sum(part.destroyed for part in View(view.reader, since).mines_destroyed)
    pool = StockPool.DECLARED if table == "stock_destroyed" else StockPool.FOUND_LATE
    return sum(
        row["quantity"]
        for row in view.all("stock_movement")
        if row["pool"] == pool
        and row["kind"] == StockMovementKind.DESTROYED
        and row["date"].last in since
        and view.is_anti_personnel(row["ordnance_type_id"])
    )


def _ever(view: View, table: str, year: int) -> int:
    last = Period.of_year(year).last
    return _destroyed(view, table, Period(min(view.in_force, last), last))


def _retained_counts(snapshot: Snapshot) -> bool:
    """Whether a report counted the use of retained mines as destruction."""
    return any(key.startswith("stock_destroyed/used/") for key in snapshot.figures)


def _sums(case: Case) -> Iterator[Finding]:
    previous = case.previous
    if previous is None:
        return
    for table, words in TABLES.items():
        sent = _total(previous, table, "since")
        if sent is None or (table == "stock_destroyed" and _retained_counts(previous)):
            continue
        booked = _ever(case.view, table, previous.year)
        if booked != sent:
            values = {"year": previous.year, "sent": sent, "booked": booked}
            yield finding(SUM_DIFFERS, table, what=Message(words), **values)


def _total(snapshot: Snapshot, table: str, column: str) -> int | None:
    """The total that a submitted table printed in a column."""
    figure = snapshot.figures.get(f"{table}/total/{column}")
    return figure.value if figure else None


def _devices(view: View) -> list[Fact]:
    """Devices destroyed in the period."""
    return [
        row
        for row in rows_of(view, "device_found")
        if row["destroyed"] and is_within(row["destroyed_on"] or row["date"], view.period)
    ]


def _families(case: Case) -> Iterator[Finding]:
    view = case.view
    for row in _devices(view):
        known = view.by_id("ordnance_type").get(row["ordnance_type_id"] or "")
        if known and (known["family"] in AP_FAMILIES) != (row["family"] in AP_FAMILIES):
            yield finding(
                FAMILY_DIFFERS,
                row["local_id"],
                [("device_found", row["id"]), ("ordnance_type", known["id"])],
                number=row["local_id"],
                quantity=row["destroyed"],
                family=row["family"],
                type=type_name(view, known["id"]),
            )


def _unknown_types(case: Case) -> Iterator[Finding]:
    view = case.view
    parts = [part for part in view.mines_destroyed if part.within]
    total = sum(part.destroyed for part in parts)
    unknown = sum(part.destroyed for part in parts if part.ordnance_type_id is None)
    if unknown * 100 > total * MOST_UNKNOWN_PERCENT:
        values = {"unknown": unknown, "total": total, "percent": round(unknown * 100 / total)}
        yield finding(TYPE_UNKNOWN, "types", year=view.period.last.year, **values)


def _less_than_a_year(case: Case) -> Iterator[Finding]:
    view = case.view
    for table, words in TABLES.items():
        ever = _ever(view, table, view.period.last.year)
        for snapshot in case.earlier:
            sent = _total(snapshot, table, "period") or 0
            if ever < sent:
                values = {"ever": ever, "sent": sent, "year": snapshot.year}
                yield finding(LESS_THAN_A_YEAR, table, what=Message(words), **values)
                break


def _not_separated(case: Case) -> Iterator[Finding]:
    for row in _devices(case.view):
        if row["family"] == "MINE_UNK":
            yield finding(
                NOT_SEPARATED,
                row["local_id"],
                [("device_found", row["id"])],
                number=row["local_id"],
                quantity=row["destroyed"],
            )


def _programmes(view: View) -> list[Fact]:
    return [row for row in view.all("destruction_programme") if row["article"] == "article_4"]


def _no_plan(case: Case) -> Iterator[Finding]:
    view = case.view
    total = sum(balance.closing for balance in stock(view))
    if total <= 0:
        return
    plans = [row for row in _programmes(view) if row["status"] != "completed"]
    sites = {row["programme_id"] for row in view.all("destruction_site")}
    if not plans:
        yield finding(NO_PLAN, "programme", total=total)
    elif not any(plan["id"] in sites for plan in plans):
        records = [("destruction_programme", plan["id"]) for plan in plans]
        yield finding(NO_SITE, "site", records, total=total)


METHODS, SAFETY, NATURE = mark("methods"), mark("safety standards"), mark("environmental standards")


def _site_lacks(case: Case) -> Iterator[Finding]:
    view = case.view
    programmes = view.by_id("destruction_programme")
    for site in view.all("destruction_site"):
        own = (site, programmes.get(site["programme_id"] or "", {}))
        for column, words in (
            ("methods", METHODS),
            ("safety_standard", SAFETY),
            ("environmental_standard", NATURE),
        ):
            if not any(row.get(column) for row in own):
                yield finding(
                    SITE_LACKS,
                    f"{site['local_id']}/{column}",
                    [("destruction_site", site["id"])],
                    name=site["name"],
                    missing=Message(words),
                )


RULES = (
    Rule(
        "V-F-01",
        Severity.WARNING,
        "F",
        mark("While stock remains, there is a programme to destroy it, with its sites."),
        _no_plan,
        mark("Record the programme and its sites."),
    ),
    Rule(
        "V-F-02",
        Severity.WARNING,
        "F",
        mark("Every destruction site names methods, safety and environmental standards."),
        _site_lacks,
        mark("Complete the site or its programme."),
    ),
    Rule(
        "V-G-01",
        Severity.ERROR,
        "G",
        mark("The sum since entry into force is that of the last report with this period added."),
        _sums,
        mark(
            "Take back what was changed in earlier years, or enter it as destroyed in this period "
            "and explain it."
        ),
    ),
    Rule(
        "V-G-02",
        Severity.ERROR,
        "G",
        mark("Mines destroyed by type add up to the number of anti-personnel mines destroyed."),
        _families,
        mark("Correct the family or the type of the find."),
    ),
    Rule(
        "V-G-03",
        Severity.WARNING,
        "G",
        mark("The type of at least four in five mines destroyed is known."),
        _unknown_types,
        mark("Add the types from the reports of the teams, or explain why they are not known."),
    ),
    Rule(
        "V-G-04",
        Severity.ERROR,
        "G",
        mark("The sum since entry into force is not below that of any one year."),
        _less_than_a_year,
        mark("Record the destruction of earlier years that is missing in the register."),
    ),
    Rule(
        "V-G-05",
        Severity.ERROR,
        "G",
        mark("Anti-personnel mines are kept apart from anti-vehicle mines and other ordnance."),
        _not_separated,
        mark("Enter the family of the mine; only anti-personnel mines are counted in Form G."),
    ),
)
