"""Check a year: every rule over one reading of the register, and what people have explained."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import Place, Problem, Severity
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.snapshots import snapshots
from mineaction_desktop.storage.store import Reader, Store
from mineaction_desktop.storage.view import View

OUR_BUG = "RULE-000"
FAILED = mark(
    "The check {code} failed, which is a mistake in this program: {reason}. All other checks ran. "
    "Please report it; your data are as they were."
)
WITH_ADVICE = mark("{found} {advice}")

WORST_FIRST = tuple(Severity)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckedProblem:
    """A problem as a check found it, with every record to open.

    ``explanation`` is what was written about it for this year; ``offered`` what was written for an
    earlier year and may be kept after review.
    """

    problem: Problem
    rule: Rule
    finding: Finding
    explanation: str | None = None
    offered: str | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do: a warning that is explained, or mere information."""
        severity = self.problem.severity
        explained = severity is Severity.WARNING and self.explanation is not None
        return explained or severity is Severity.INFO


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the checks of a year found, worst first.

    ``failures`` are checks that failed themselves, each with the code of its rule as value.
    """

    year: int
    instrument: str
    problems: tuple[CheckedProblem, ...]
    failures: tuple[Problem, ...]

    @property
    def failed_rules(self) -> tuple[str, ...]:
        """The codes of rules that failed themselves."""
        return tuple(str(problem.value) for problem in self.failures)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem, our own failures first."""
        return (*self.failures, *(checked.problem for checked in self.problems))

    def of(self, severity: Severity) -> tuple[CheckedProblem, ...]:
        """The problems of one severity."""
        return tuple(found for found in self.problems if found.problem.severity is severity)

    @property
    def blocks_final(self) -> bool:
        """Whether a final report has to wait: an error, or a warning that nobody has explained."""
        return bool(self.failures) or not all(found.is_settled for found in self.problems)


def check_year(
    store: Store,
    reader: Reader,
    year: int,
    instrument: str = "apmbc",
    rules: Sequence[Rule] = ALL_RULES,
) -> CheckResult:
    """Run every rule over a year of the register; nothing is changed."""
    del store  # every use case takes the store it works on; a check needs its reader alone
    view = View(reader, Period.of_year(year))
    known = snapshots(reader, instrument)
    case = Case(
        view,
        earlier=tuple(one for one in known if one.year < year),
        sent=tuple(one for one in known if one.year == year),
    )
    _ = view.state  # a register that names no State cannot be checked at all, and says so
    explained = _explanations(view)
    found: list[CheckedProblem] = []
    failures: list[Problem] = []
    for rule in rules:
        try:
            findings = tuple(rule.check(case))
        except Exception as error:
            log.exception("rule %s failed", rule.code)
            failures.append(_failure(rule, error))
        else:
            found += _checked(rule, findings, explained, year)
    ranked = sorted(found, key=lambda one: WORST_FIRST.index(one.problem.severity))
    return CheckResult(year, instrument, tuple(ranked), tuple(failures))


def _failure(rule: Rule, error: Exception) -> Problem:
    reason = f"{type(error).__name__}: {error}"
    message = Message(FAILED, {"code": rule.code, "reason": reason})
    return Problem(OUR_BUG, message, severity=Severity.ERROR, value=rule.code)


Explained = Mapping[tuple[str, str | None], Sequence[Fact]]


def _explanations(view: View) -> Explained:
    """What people wrote about each check and subject, oldest first."""
    written: dict[tuple[str, str | None], list[Fact]] = {}
    for row in sorted(view.all("explanation"), key=lambda row: (row["year"], row["local_id"])):
        written.setdefault((row["rule_code"], row["subject"]), []).append(row)
    return written


def _checked(
    rule: Rule, findings: Iterable[Finding], explained: Explained, year: int
) -> list[CheckedProblem]:
    checked = []
    for finding in findings:
        texts = explained.get((rule.code, finding.subject), ())
        now = [row["text"] for row in texts if row["year"] == year]
        before = [row["text"] for row in texts if row["year"] < year]
        checked.append(
            CheckedProblem(
                _problem(rule, finding),
                rule,
                finding,
                explanation=now[-1] if now else None,
                offered=before[-1] if before and not now else None,
            )
        )
    return checked


def _problem(rule: Rule, finding: Finding) -> Problem:
    kind, record_id = finding.records[0] if finding.records else (None, None)
    message = finding.message
    if rule.advice:
        message = Message(WITH_ADVICE, {"found": message, "advice": Message(rule.advice)})
    place = Place(kind=kind, record_id=record_id)
    return Problem(rule.code, message, place, rule.severity, finding.value)
