"""Explaining a warning in writing: anew, or by keeping what was written the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import Severity, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records.reporting import Explanation
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.rules.model import Rule
from mineaction_desktop.services.checking import CheckedProblem, check_year
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.store import Reader, Store, Writer
from mineaction_desktop.storage.view import View

REASON = mark("warning explained")

NO_SUCH_CHECK = mark("There is no check “{code}”. Its code stands at the beginning of each line.")
ERROR = mark(
    "{code} finds errors, which have to be corrected; an explanation does not settle them."
)
MERE_NEWS = mark("{code} finds what is good to know; nothing has to be explained.")
NOT_FOUND = mark("{code} finds nothing in {year}; there is nothing to explain.")
OTHER_SUBJECT = mark(
    "{code} finds nothing about “{subject}” in {year}. It finds something about: {known}."
)
WHICH = mark("{code} finds several things in {year}. Say which one you explain: {known}.")
NOTHING_TO_KEEP = mark(
    "Nothing was written about {code}, “{subject}”, for an earlier year. Write an explanation."
)
NO_TEXT = mark("The explanation is empty. Write it for readers abroad, in whole sentences.")


@dataclass(frozen=True, slots=True)
class Carried:
    """An explanation of an earlier year that nobody has reviewed for this one."""

    check: str
    subject: str
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation as it now stands in the register."""

    local_id: str
    check: str
    subject: str
    year: int
    text: str


def carried_over(reader: Reader, year: int) -> tuple[Carried, ...]:
    """What was explained in the last year before, and is neither kept nor written anew in this."""
    rows = View(reader, Period.of_year(year)).all("explanation")
    answered = {(row["rule_code"], row["subject"]) for row in rows if row["year"] == year}
    last = max((row["year"] for row in rows if row["year"] < year), default=None)
    found = {
        (row["rule_code"], row["subject"]): row["text"]
        for row in sorted(rows, key=lambda row: str(row["local_id"]))
        if row["year"] == last
    }
    return tuple(
        Carried(code, subject or "", int(last or 0), text)
        for (code, subject), text in sorted(found.items(), key=lambda entry: str(entry[0]))
        if (code, subject) not in answered
    )


def explain(
    store: Store,
    year: int,
    code: str,
    *,
    subject: str | None = None,
    text: str | None = None,
    decided_by: str | None = None,
) -> Explained:
    """Explain a warning of a year; without a text, keep that of the year before.

    The subject may be left out where the check finds one thing only. An explanation that is there
    already gets the new text.
    """
    rule = _rule(code)
    if text is not None and not text.strip():
        raise UserError(Message(NO_TEXT))
    with store.write(REASON) as writer:
        found = _chosen(
            check_year(store, writer, year, rules=(rule,)).problems, rule, year, subject
        )
        about = found.finding.subject
        words = text or found.explanation or found.offered
        if words is None:
            raise UserError(Message(NOTHING_TO_KEEP, {"code": code, "subject": about}))
        record = _written(writer, rule.code, about, year)
        record.text = words.strip()
        record.reviewed_on = writer.stamp.at.astimezone().date()
        record.decided_by = decided_by or record.decided_by
        writer.session.flush()
        return Explained(record.local_id, rule.code, about, year, record.text)


def _rule(code: str) -> Rule:
    rule = next((rule for rule in ALL_RULES if rule.code == code.strip().upper()), None)
    if rule is None:
        raise UserError(Message(NO_SUCH_CHECK, {"code": code}))
    if rule.severity is not Severity.WARNING:
        words = ERROR if rule.severity is Severity.ERROR else MERE_NEWS
        raise UserError(Message(words, {"code": rule.code}))
    return rule


def _chosen(
    problems: Sequence[CheckedProblem], rule: Rule, year: int, subject: str | None
) -> CheckedProblem:
    """The one problem that is meant."""
    subjects = dict.fromkeys(found.finding.subject for found in problems)
    values = {"code": rule.code, "year": year, "subject": subject, "known": ", ".join(subjects)}
    if not problems:
        raise UserError(Message(NOT_FOUND, values))
    if subject is None and len(subjects) > 1:
        raise UserError(Message(WHICH, values))
    meant = subject or problems[0].finding.subject
    chosen = next((found for found in problems if found.finding.subject == meant), None)
    if chosen is None:
        raise UserError(Message(OTHER_SUBJECT, values))
    return chosen


def _written(writer: Writer, code: str, subject: str, year: int) -> Explanation:
    """The explanation that is there, or a new one without a text."""
    for row in View(writer, Period.of_year(year)).all("explanation"):
        if (row["rule_code"], row["subject"], row["year"]) == (code, subject, year):
            found = records_by_id(writer, "explanation", [row["id"]])[row["id"]]
            if isinstance(found, Explanation):
                return found
    record = Explanation(rule_code=code, subject=subject, year=year, text="")
    writer.add(record)
    return record
