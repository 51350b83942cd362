"""The cover page: boxes that people ticked, against what the records of the year say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mineaction_desktop.domain.ledger import COUNTED
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import StockMovementKind
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.common import (
    finding,
    is_within,
    land,
    land_record,
    records,
    retained,
    stock,
)
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

FORMS = tuple("abcdefghij")
CHANGED, UNCHANGED, NOT_APPLICABLE = "changed", "unchanged", "non_applicable"

IS_CHANGED = mark(
    "Form {form} is marked unchanged, but {n:,} records dated {year} change what it says."
)
NO_YEAR = mark(
    "Form {form} is marked unchanged, and this register knows of no earlier report to refer to."
)
ALWAYS_APPLIES = mark("Form A is marked non applicable; it applies to every State Party.")
COVER_ALONE = mark(
    "Every form is marked unchanged, so that the cover page alone would be sent, but records of "
    "{year} change Forms {forms}."
)
NO_CHANGE = mark("Form {form} is marked changed, and no record dated {year} changes what it says.")


def _dated(view: View, kind: str, *columns: str) -> list[tuple[str, str]]:
    """Records of a kind with one of some dates in the period."""
    return records(
        kind,
        (
            row
            for row in view.all(kind)
            if any(is_within(row[column], view.period) for column in columns)
        ),
    )


def _moved(view: View, kind: str, *kinds: str) -> list[tuple[str, str]]:
    """Movements of a ledger in the period: of some kinds, or all but mere counts."""
    return records(
        kind,
        (
            row
            for row in view.within(kind)
            if (row["kind"] in kinds if kinds else row["kind"] != COUNTED)
        ),
    )


def _type_changes(view: View) -> list[tuple[str, str]]:
    """Types that came into the hands of the State in the period, or left them."""
    before: set[str] = set()
    after: set[str] = set()
    for balances, place in ((stock(view), 0), (retained(view), 1)):
        for balance in balances:
            type_id = str(balance.account[place])
            before |= {type_id} if balance.opening > 0 else set()
            after |= {type_id} if balance.closing > 0 else set()
    return [("ordnance_type", type_id) for type_id in sorted(before ^ after)]


def changes(view: View) -> Mapping[str, list[tuple[str, str]]]:
    """What changes each form in the period, by the letter of the form."""
    areas = [
        place for balance in land(view) if balance.flows for place in land_record(balance.account)
    ]
    whole = [("state_profile", view.state["id"])]
    moved = [balance for balance in land(view) if balance.flows]
    uses = [row for row in view.within("retained_use", "period") if row["phase"] == "actual"]
    mines = [("device_found", "") for part in view.mines_destroyed if part.within]
    return {
        "a": _dated(view, "legal_measure", "adopted_on", "in_force_on", "repealed_on"),
        "b": _moved(view, "stock_movement"),
        "c": areas or (whole if moved else []),
        "d": [*_moved(view, "retained_movement"), *records("retained_use", uses)],
        "e": _dated(view, "production_facility", "completed_on"),
        "f": _dated(view, "destruction_programme", "started_on", "completed_on"),
        "g": [*_moved(view, "stock_movement", StockMovementKind.DESTROYED), *mines],
        "h": _type_changes(view),
        "i": [*_dated(view, "eore_session", "date"), *_dated(view, "marking_event", "date")],
        "j": [
            *_dated(view, "accident", "date"),
            *_dated(view, "survivor_service", "date"),
            *_dated(view, "funding", "period"),
        ],
    }


def _boxes(view: View) -> dict[str, Fact]:
    """The boxes that people ticked for the year, by form."""
    year = view.period.last.year
    return {row["form"]: row for row in view.all("cover_override") if row["year"] == year}


def _unchanged(view: View) -> Iterator[tuple[str, Fact]]:
    for form, box in sorted(_boxes(view).items()):
        if box["choice"] == UNCHANGED:
            yield form, box


def _is_changed(case: Case) -> Iterator[Finding]:
    year = case.view.period.last.year
    boxes = list(_unchanged(case.view))
    found = changes(case.view) if boxes else {}
    for form, box in boxes:
        if places := found[form]:
            known = [place for place in places if place[1]]
            values = {"form": form.upper(), "n": len(places), "year": year}
            yield finding(IS_CHANGED, form, [("cover_override", box["id"]), *known], **values)


def _no_year(case: Case) -> Iterator[Finding]:
    if case.previous is None:
        for form, box in _unchanged(case.view):
            yield finding(NO_YEAR, form, [("cover_override", box["id"])], form=form.upper())


def _form_a(case: Case) -> Iterator[Finding]:
    box = _boxes(case.view).get("a")
    declared = case.view.declared("measures")
    if box and box["choice"] == NOT_APPLICABLE:
        yield finding(ALWAYS_APPLIES, "a", [("cover_override", box["id"])])
    elif declared and declared["state"] == "not_applicable":
        yield finding(ALWAYS_APPLIES, "a", [("declaration", declared["id"])])


def _cover_alone(case: Case) -> Iterator[Finding]:
    boxes = _boxes(case.view)
    if any(form not in boxes or boxes[form]["choice"] == CHANGED for form in FORMS):
        return
    changed = [form.upper() for form, places in changes(case.view).items() if places]
    if changed:
        year = case.view.period.last.year
        places = records("cover_override", boxes.values())
        yield finding(COVER_ALONE, "cover", places, year=year, forms=", ".join(changed))


def _no_change(case: Case) -> Iterator[Finding]:
    boxes = [box for box in _boxes(case.view).items() if box[1]["choice"] == CHANGED]
    found = changes(case.view) if boxes else {}
    for form, box in sorted(boxes):
        if not found[form]:
            year = case.view.period.last.year
            place = [("cover_override", box["id"])]
            yield finding(NO_CHANGE, form, place, form=form.upper(), year=year)


RULES = (
    Rule(
        "V-COV-01",
        Severity.ERROR,
        "cover",
        mark("A form marked unchanged says the same as in the last report."),
        _is_changed,
        mark("Mark the form as changed, or leave the box to the program."),
    ),
    Rule(
        "V-COV-02",
        Severity.ERROR,
        "cover",
        mark("A form marked unchanged names the year of the report that has its content."),
        _no_year,
        mark("Enter the figures of the last report, or attach the form."),
    ),
    Rule(
        "V-COV-03",
        Severity.ERROR,
        "cover",
        mark("Form A is never marked non applicable."),
        _form_a,
        mark("Mark it as changed or unchanged."),
    ),
    Rule(
        "V-COV-04",
        Severity.ERROR,
        "cover",
        mark("The cover page is sent alone only when no form has changed."),
        _cover_alone,
        mark("Mark the forms that changed, and send them with the cover page."),
    ),
    Rule(
        "V-COV-05",
        Severity.INFO,
        "cover",
        mark("A form marked changed differs from the last report."),
        _no_change,
        mark("Look whether the form can be marked unchanged."),
    ),
)
