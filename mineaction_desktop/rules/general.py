"""The report as a whole: its front page, its period, its totals and its earlier years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mineaction_desktop.domain.deadlines import annual_report_due, initial_report_due
from mineaction_desktop.domain.ledger import COUNTED
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import StockPool
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import (
    finding,
    land,
    stock,
)
from mineaction_desktop.rules.continuity import RULES as CONTINUITY_RULES
from mineaction_desktop.rules.cover import RULES as COVER_RULES
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import (
    RETAINED_TABLE,
    STOCK_TABLE,
)
from mineaction_desktop.storage.questions import (
    begun_earlier,
)
from mineaction_desktop.storage.view import View

LARGEST_FILE = 10 * 1024 * 1024
MB = 1024 * 1024
EVENTS = (
    "area_movement",
    "stock_movement",
    "retained_movement",
    "device_found",
    "accident",
    "eore_session",
    "survivor_service",
)
LEDGERS = ("area_movement", "stock_movement", "retained_movement")
STANDING = ("opening", COUNTED)
EMPTY_FRONT = mark("The front page lacks {missing}.")
NAME, CONTACT = mark("the name of the State"), mark("a point of contact")
NO_YEAR = mark("The report covers {first} to {last}, which is not a calendar year.")
NOT_FROM_FORCE = mark(
    "The initial report begins on {first}, while the Convention entered into force on {in_force}."
)
TOO_EARLY = mark("The report was submitted on {date}, before its period ended on {last}.")
TOO_LATE = mark("The report was submitted on {date}, {n:,} days after {due}.")
YEARS_WITHOUT = mark("No report is known for {years}; the last one before is that for {previous}.")
SPANS = mark(
    "{number} is dated {date}: it may have happened before {first}, and all of it counts in this "
    "period."
)
NOTHING_SAID = mark("Nothing is recorded on {subject}, and the State has not said which it is.")
NO_FILE = mark("The file of the attachment “{title}” is not in the register.")
TOO_LARGE = mark("The attachment “{title}” has {size} MB; at most 10 MB can be sent.")


def _front(case: Case) -> Iterator[Finding]:
    state = case.view.state
    place = [("state_profile", state["id"])]
    if not (state["name"] or "").strip():
        yield finding(EMPTY_FRONT, "name", place, missing=Message(NAME))
    if not case.view.all("contact_point") and not state["authority"]:
        yield finding(EMPTY_FRONT, "contact", place, missing=Message(CONTACT))


def _period(case: Case) -> Iterator[Finding]:
    period, in_force = case.view.period, case.view.in_force
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    if period.is_calendar_year:
        return
    if in_force not in period:
        yield finding(NO_YEAR, "period", **days)
    elif period.first != in_force:
        yield finding(NOT_FROM_FORCE, "period", in_force=in_force.isoformat(), **days)


def _too_early(case: Case) -> Iterator[Finding]:
    last = case.view.period.last
    for snapshot in case.sent:
        day = snapshot.submitted_at.date()
        if snapshot.origin == "submitted" and day <= last:
            yield finding(TOO_EARLY, "submission", date=day.isoformat(), last=last.isoformat())


def _too_late(case: Case) -> Iterator[Finding]:
    view = case.view
    sent = [snapshot for snapshot in case.sent if snapshot.origin == "submitted"]
    if not sent:
        return
    is_initial = view.period.first == view.in_force
    due = (
        initial_report_due(view.in_force)
        if is_initial
        else annual_report_due(view.period.last.year)
    )
    first = min(snapshot.submitted_at.date() for snapshot in sent)
    if first > due:
        values = {"date": first.isoformat(), "due": due.isoformat(), "n": (first - due).days}
        yield finding(TOO_LATE, "submission", **values)


def _years_without(case: Case) -> Iterator[Finding]:
    if case.previous is None:
        return
    years = range(case.previous.year + 1, case.view.period.last.year)
    if years:
        shown = ", ".join(map(str, years))
        yield finding(YEARS_WITHOUT, "years", years=shown, previous=case.previous.year)


def _spanning(case: Case) -> Iterator[Finding]:
    view = case.view
    for kind in EVENTS:
        leave_out = STANDING if kind in LEDGERS else ()
        for row in begun_earlier(view.reader, kind, view.period, view.counting, leave_out):
            record, number, when = row
            yield finding(
                SPANS,
                number,
                [(kind, record)],
                number=number,
                date=str(when),
                first=view.period.first.isoformat(),
            )


def _has_areas(view: View) -> bool:
    return bool(land(view))


def _has_stock(view: View) -> bool:
    return view.is_completed(4) or bool(stock(view, StockPool.DECLARED))


def _has_late_stock(view: View) -> bool:
    return view.is_completed(4) or bool(stock(view, StockPool.FOUND_LATE))


def _has_retained(view: View) -> bool:
    return bool(view.balances(RETAINED_TABLE))


def _has_facilities(view: View) -> bool:
    return view.state["ever_produced"] is False or bool(view.all("production_facility"))


def _has_programme(article: str) -> Callable[[View], bool]:
    def ask(view: View) -> bool:
        return any(row["article"] == article for row in view.all("destruction_programme"))

    return ask


def _has_produced(view: View) -> bool:
    produced = any(row["produced_here"] for row in view.all("ordnance_type"))
    return produced or view.state["ever_produced"] is False


def _has_stock_programme(view: View) -> bool:
    return view.is_completed(4) or _has_programme("article_4")(view)


def _has_held(view: View) -> bool:
    return _has_retained(view) or bool(view.balances(STOCK_TABLE))


SUBJECTS: Mapping[str, tuple[str, Callable[[View], bool]]] = {
    "stock": (mark("stockpiled mines (Form B part 1)"), _has_stock),
    "stock_found_late": (mark("stock found late (Form B part 2)"), _has_late_stock),
    "mined_areas_known": (mark("areas known to contain mines (Form C part 1)"), _has_areas),
    "mined_areas_suspected": (mark("areas suspected of it (Form C part 2)"), _has_areas),
    "retained": (mark("retained mines (Form D part 1)"), _has_retained),
    "production": (mark("production facilities (Form E)"), _has_facilities),
    "stock_programme": (mark("programmes for stocks (Form F part 1)"), _has_stock_programme),
    "mined_area_programme": (
        mark("programmes for mined areas (Form F part 2)"),
        _has_programme("article_5"),
    ),
    "mines_destroyed": (mark("mines destroyed in mined areas (Form G part 2)"), _has_areas),
    "produced_types": (mark("types produced (Form H part 1)"), _has_produced),
    "held_types": (mark("types held (Form H part 2)"), _has_held),
}
"""Tables that may be empty only for a reason: what each is about, and what tells the reason."""


def _silent(case: Case) -> Iterator[Finding]:
    view = case.view
    for subject, (words, known) in SUBJECTS.items():
        if not known(view) and view.declared(subject) is None:
            place = [("state_profile", view.state["id"])]
            yield finding(NOTHING_SAID, subject, place, subject=Message(words))


def _attachments(case: Case) -> Iterator[Finding]:
    for row in case.view.all("attachment"):
        place = [("attachment", row["id"])]
        size = row["size_bytes"]
        if not row["file_name"] or not size:
            yield finding(NO_FILE, row["local_id"], place, title=row["title"])
        elif size >= LARGEST_FILE:
            shown = f"{size / MB:,.1f}"
            yield finding(TOO_LARGE, row["local_id"], place, title=row["title"], size=shown)


RULES = (
    Rule(
        "V-GEN-01",
        Severity.ERROR,
        "general",
        mark("The front page names the State, a point of contact and the period."),
        _front,
        mark("Complete the record of the State."),
    ),
    Rule(
        "V-GEN-02",
        Severity.ERROR,
        "general",
        mark(
            "An annual report covers one calendar year; an initial report begins with entry into "
            "force."
        ),
        _period,
        mark("Choose 1 January to 31 December of one year."),
    ),
    Rule(
        "V-GEN-03",
        Severity.ERROR,
        "general",
        mark("No report is submitted before its period has ended."),
        _too_early,
        mark("Submit it again after the end of the period, with the figures of the whole year."),
    ),
    Rule(
        "V-GEN-04",
        Severity.WARNING,
        "general",
        mark("The report is submitted by 30 April, an initial one within 180 days."),
        _too_late,
        mark("Explain the delay."),
    ),
    Rule(
        "V-GEN-05",
        Severity.WARNING,
        "general",
        mark("No year between the last report and this one is without a report."),
        _years_without,
        mark("Submit the missing reports, or explain that this one covers the years."),
    ),
    Rule(
        "V-GEN-06",
        Severity.ERROR,
        "general",
        mark("Every event that is counted happened within the period."),
        _spanning,
        mark("Give the date more exactly, or split the record by year."),
    ),
    Rule(
        "V-GEN-10",
        Severity.WARNING,
        "general",
        mark("An empty table says why it is empty: none, not applicable or not known."),
        _silent,
        mark("Record what there is, or add a declaration to the record of the State."),
    ),
    Rule(
        "V-GEN-11",
        Severity.WARNING,
        "general",
        mark("Attached files are there and smaller than 10 MB."),
        _attachments,
        mark("Attach the file again, in a smaller version if needed."),
    ),
    *CONTINUITY_RULES,
    *COVER_RULES,
)
