"""What the office writes about warnings before it submits a report: each is right as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.services.checking import check_year
from mineaction_desktop.services.demo.book import Book, Row

if TYPE_CHECKING:
    from datetime import date

    from mineaction_desktop.rules.model import Rule
    from mineaction_desktop.storage.store import Reader, Store

TEXTS: Mapping[str, str] = {
    "DS-11": (
        "No mine had been met in what was cleared by the end of the year. The evidence for the "
        "area stands, and what is found later is recorded with its day."
    ),
    "DS-12": (
        "Compared with the registers of the hospital and of the police: different persons on "
        "different days."
    ),
    "V-B-11": "The lot was divided between institutions; each has counted its own mines.",
    "V-D-04": (
        "Three mines lifted in clearance were kept for training under Article 3, paragraph 1. The "
        "number of all types together fell and is below the national ceiling."
    ),
    "V-D-08": (
        "The dog training centre keeps these mines without fuze, so that dogs learn their scent. "
        "They are counted with the others and will be used up first."
    ),
}
"""The explanation that answers each check which a sound year cannot always avoid."""

OTHERWISE = "Compared with the papers: the records are right as they stand."
"""What is said of a coincidence that only some seeds bring."""

USUAL = tuple(rule for rule in ALL_RULES if rule.code in TEXTS)


def explanations(
    store: Store,
    reader: Reader,
    book: Book,
    year: int,
    reviewed_on: date,
    rules: Sequence[Rule] = USUAL,
) -> Iterator[Row]:
    """Explain the warnings that rules find in a year and that nobody has explained."""
    for found in check_year(store, reader, year, rules=rules).problems:
        if found.is_settled or found.problem.severity is not Severity.WARNING:
            continue
        yield book.row(
            "explanation",
            local_id=None,
            rule_code=found.problem.code,
            subject=found.finding.subject,
            year=year,
            text=TEXTS.get(found.problem.code, OTHERWISE),
            decided_by="Head of information management",
            reviewed_on=reviewed_on,
        )
