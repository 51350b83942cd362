"""The report as a whole: its front page, its period, its totals and its earlier years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mineaction_desktop.domain.deadlines import annual_report_due, initial_report_due
from mineaction_desktop.domain.ledger import COUNTED, Balance
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import StockPool
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import (
    finding,
    frozen_rows,
    land,
    land_record,
    place_words,
    retained,
    stock,
    type_name,
)
from mineaction_desktop.rules.cover import RULES as COVER_RULES
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import (
    LAND_TABLE,
    RETAINED_TABLE,
    STOCK_TABLE,
    LedgerTable,
)
from mineaction_desktop.storage.questions import (
    CORRECTIONS,
    begun_earlier,
    booked,
    late_corrections,
)
from mineaction_desktop.storage.snapshots import Snapshot
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
TABLES: Mapping[str, tuple[LedgerTable, str]] = {
    "areas_known": (LAND_TABLE, "area"),
    "areas_suspected": (LAND_TABLE, "area"),
    "stock": (STOCK_TABLE, "quantity"),
    "stock_found_late": (STOCK_TABLE, "quantity"),
    "retained": (RETAINED_TABLE, "quantity"),
}
"""The tables of a report that print balances, the ledger behind each and its column."""

FLOWS = ("stock_destroyed", "found_late_destroyed", "mines_destroyed")

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
TOTAL_DIFFERS = mark(
    "In the report for {year}, the total of {table} is {total:,} and its rows add up to {sum:,}."
)
OPENING_DIFFERS = mark(
    "{what}: the report for {year} closed with {sent:,}, and this year opens with {opening:,}. "
    "The difference of {difference:+,} is not a correction with a reason."
)
NO_REASON = mark("The correction {number} of {quantity:,} has no reason.")
HISTORY_CHANGED = mark("{what} for {year}: {sent:,} were reported, the register now says {now:,}.")
NOTHING_SAID = mark("Nothing is recorded on {subject}, and the State has not said which it is.")
NO_FILE = mark("The file of the attachment “{title}” is not in the register.")
TOO_LARGE = mark("The attachment “{title}” has {size} MB; at most 10 MB can be sent.")

TABLE_WORDS = {
    "areas_known": mark("areas known to contain mines"),
    "areas_suspected": mark("areas suspected to contain mines"),
    "stock": mark("stockpiled mines"),
    "stock_found_late": mark("stock found after the deadline"),
    "retained": mark("retained mines"),
    "stock_destroyed": mark("stockpiled mines destroyed"),
    "found_late_destroyed": mark("late-found stock destroyed"),
    "mines_destroyed": mark("mines destroyed in mined areas"),
}


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


def _totals(case: Case) -> Iterator[Finding]:
    for snapshot in (*case.sent, *case.earlier[:1]):
        columns = {table: column for table, (_, column) in TABLES.items()}
        for table, column in (columns | dict.fromkeys(FLOWS, "period")).items():
            rows = dict(frozen_rows(snapshot, table, column))
            total = rows.pop("total", None)
            if rows and total is not None and sum(rows.values()) != total:
                yield finding(
                    TOTAL_DIFFERS,
                    f"{snapshot.year}/{table}",
                    year=snapshot.year,
                    table=Message(TABLE_WORDS[table]),
                    total=total,
                    sum=sum(rows.values()),
                )


def _printed(view: View) -> dict[str, list[Balance]]:
    """The balances that each table prints."""
    areas = land(view)
    return {
        "areas_known": [balance for balance in areas if balance.account[2] == "CHA"],
        "areas_suspected": [balance for balance in areas if balance.account[2] == "SHA"],
        "stock": stock(view, StockPool.DECLARED),
        "stock_found_late": stock(view, StockPool.FOUND_LATE),
        "retained": retained(view),
    }


def _openings(case: Case) -> Iterator[Finding]:
    view, previous = case.view, case.previous
    if previous is not None and previous.year == view.period.first.year - 1:
        printed = _printed(view)
        for table, (ledger, column) in TABLES.items():
            yield from _opening_rows(view, previous, ledger, table, (column, printed[table]))
    for ledger in (LAND_TABLE, STOCK_TABLE, RETAINED_TABLE):
        for row in booked(view.reader, ledger, CORRECTIONS, view.period, view.counting):
            if not row.reason:
                place = [(ledger.kind, row.id)]
                values = {"number": row.local_id, "quantity": row.quantity}
                yield finding(NO_REASON, row.local_id, place, **values)


def _opening_rows(
    view: View,
    previous: Snapshot,
    ledger: LedgerTable,
    table: str,
    printed: tuple[str, list[Balance]],
) -> Iterator[Finding]:
    column, balances = printed
    sent = dict(frozen_rows(previous, table, column))
    sent.pop("total", None)
    if not sent:
        return
    corrected = late_corrections(
        view.reader, ledger, view.period.first, previous.submitted_at, view.counting
    )
    by_key = {view.account_key(balance.account): balance for balance in balances}
    for key in sorted(sent.keys() | by_key.keys()):
        balance = by_key.get(key)
        opening = balance.opening if balance else 0
        difference = opening - sent.get(key, 0)
        if difference and difference != _corrected(balance, ledger, corrected):
            yield finding(
                OPENING_DIFFERS,
                f"{table}/{key}",
                _records(ledger, balance),
                what=_what(view, ledger, balance, key),
                year=previous.year,
                sent=sent.get(key, 0),
                opening=opening,
                difference=difference,
            )


def _corrected(
    balance: Balance | None, ledger: LedgerTable, corrected: Mapping[tuple[str | None, ...], int]
) -> int:
    if balance is None:
        return 0
    if ledger is not LAND_TABLE:
        return corrected.get(balance.account, 0)
    area, unit, area_class = balance.account
    return sum(
        amount
        for account, amount in corrected.items()
        if (account[0], account[2]) == (area, area_class) and (area or account[1] == unit)
    )


def _records(ledger: LedgerTable, balance: Balance | None) -> list[tuple[str, str]]:
    if balance is None:
        return []
    if ledger is LAND_TABLE:
        return land_record(balance.account)
    place = ledger.account.index("ordnance_type_id")
    return [("ordnance_type", str(balance.account[place]))]


def _what(view: View, ledger: LedgerTable, balance: Balance | None, key: str) -> object:
    if balance is None:
        return key
    if ledger is LAND_TABLE:
        return place_words(view, balance.account)
    return type_name(view, balance.account[ledger.account.index("ordnance_type_id")])


def _history(case: Case) -> Iterator[Finding]:
    seen: set[int] = set()
    for snapshot in case.earlier:
        if snapshot.year in seen:
            continue
        seen.add(snapshot.year)
        view = View(case.view.reader, Period.of_year(snapshot.year))
        printed = _printed(view)
        for table, (_, column) in TABLES.items():
            figure = snapshot.figures.get(f"{table}/total/{column}")
            now = sum(balance.closing for balance in printed[table])
            if figure is not None and figure.value is not None and figure.value != now:
                yield finding(
                    HISTORY_CHANGED,
                    f"{snapshot.year}/{table}",
                    what=Message(TABLE_WORDS[table]),
                    year=snapshot.year,
                    sent=figure.value,
                    now=now,
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
        "V-GEN-07",
        Severity.ERROR,
        "general",
        mark("Every total equals the sum of its rows."),
        _totals,
        mark("Correct the figures that were entered by hand."),
    ),
    Rule(
        "V-GEN-08",
        Severity.ERROR,
        "general",
        mark("The year opens with what the last report closed with; corrections have a reason."),
        _openings,
        mark("Enter what has changed as a correction dated in this period, with its reason."),
    ),
    Rule(
        "V-GEN-09",
        Severity.WARNING,
        "general",
        mark("Figures of submitted reports are as they were reported."),
        _history,
        mark("Take the change back, or explain the restatement."),
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
    *COVER_RULES,
)
