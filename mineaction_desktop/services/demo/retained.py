"""Mines retained under Article 3: four institutions, what they hold, plan, use and pass on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import RETAINED, RetainedMovementKind
from mineaction_desktop.services.demo.book import FIRST_YEAR, LAST_YEAR, Book, in_year, on

FIRST_USE = 2009
EXACT_DAYS_FROM = 2015
"""Older papers give the month of a training course only."""


class Account(NamedTuple):
    """Mines of one type and lot in one institution; ``lot`` is none where it is not known."""

    holder: str
    model: str
    lot: str | None
    condition: str = "live"


SET_ASIDE: Mapping[Account, int] = {
    Account("engineer_school", "PMN", "14-83"): 200,
    Account("engineer_school", "PMN-2", "22-86"): 120,
    Account("engineer_school", "POMZ-2M", "7-79"): 70,
    Account("engineer_school", "OZM-72", "11-85"): 50,
    Account("police", "PMN", "14-83"): 60,
    Account("police", "PMD-6", None): 50,
    Account("dog_centre", "PMN", "3-78"): 90,
    Account("dog_centre", "PMD-6", None): 60,
    Account("dog_centre", "TB-4", "TB4-031", "fuzeless"): 60,
    Account("training_centre", "PMN-2", None): 110,
    Account("training_centre", "OZM-72", "11-85"): 30,
    Account("training_centre", "TB-4", "TB4-031"): 50,
}
"""What each institution was given from the stockpile in 2008."""


@dataclass(frozen=True, slots=True)
class _Purpose:
    """What an institution uses mines for."""

    purpose: str
    activity: str
    objectives: str
    results: str
    kind: RetainedMovementKind = RetainedMovementKind.CONSUMED_TRAINING


_PURPOSES: Mapping[str, _Purpose] = {
    "engineer_school": _Purpose(
        "destruction_training",
        "Demolition course for engineer officers and sergeants",
        "Each trainee places and fires at least one charge against a live mine under supervision.",
        "All trainees passed the practical examination; procedures for wet ground were revised.",
    ),
    "police": _Purpose(
        "destruction_training",
        "Refresher course for disposal operators",
        "Operators keep the licence to destroy single mines on the spot.",
        "Licences renewed; two operators repeated the course.",
    ),
    "dog_centre": _Purpose(
        "dog_training",
        "Training and licensing of mine detection dogs",
        "Dogs learn and keep the scent of the types found in the country, aged in soil.",
        "Licensed teams found every target of the test field at the second attempt or earlier.",
    ),
    "training_centre": _Purpose(
        "detection_training",
        "Basic course for deminers",
        "Trainees find live low-metal mines with the detectors in use.",
        "Detection depth of the detectors in use was confirmed for mineralised soil.",
    ),
}

_TEST = _Purpose(
    "equipment_test",
    "Acceptance test of dual-sensor detectors",
    "Compare dual-sensor detectors with the detectors in use against live low-metal mines.",
    "Ten dual-sensor detectors were accepted for the wet soils of Sulmane.",
    RetainedMovementKind.CONSUMED_RESEARCH,
)
_TEST_YEARS = (2017, 2023)


class _Ledger:
    """Writes movements and keeps what is left of each holding."""

    def __init__(self, book: Book, types: Mapping[str, str], orgs: Mapping[str, str]) -> None:
        self._book, self._types, self._orgs = book, types, orgs
        self._left: dict[Account, int] = {}

    def move(
        self,
        account: Account,
        kind: RetainedMovementKind,
        day: PartialDate,
        quantity: int,
        **more: object,
    ) -> None:
        """Write one movement; taking more than there is would be a mistake of this package."""
        left = self._left.get(account, 0) + RETAINED.signs[kind] * quantity
        if left < 0:
            raise ValueError(f"{kind} {quantity} leaves {left}")
        self._left[account] = left
        self._book.add(
            "retained_movement",
            date=day,
            kind=kind.value,
            organisation_id=self._orgs[account.holder],
            ordnance_type_id=self._types[account.model],
            lot=account.lot,
            condition=account.condition,
            quantity=quantity,
            source="Yearly account of the institution",
            **more,
        )

    def held_by(self, holder: str) -> list[tuple[Account, int]]:
        """What an institution has now."""
        return [
            (account, left)
            for account, left in self._left.items()
            if account.holder == holder and left > 0
        ]


def add_retained(
    book: Book, types: Mapping[str, str], orgs: Mapping[str, str], set_aside_on: date
) -> None:
    """Write what was set aside in 2008 and every use, transfer and surplus since."""
    ledger = _Ledger(book, types, orgs)
    chance = book.chance("retained")
    for account, quantity in SET_ASIDE.items():
        ledger.move(
            account,
            RetainedMovementKind.SET_ASIDE_FROM_STOCK,
            on(set_aside_on),
            quantity,
            from_party="Ministry of Defence of Tolmara",
            reason="Ministerial Order 17/2008",
        )
    for year in range(FIRST_USE, LAST_YEAR + 1):
        for holder in _PURPOSES:
            _use(book, ledger, chance, orgs, holder, year)
        _pass_on(ledger, year)
        if year == 2024:
            _lift(book, ledger, types)
    for holder in _PURPOSES:
        _plan(book, chance, orgs, holder, LAST_YEAR + 1)


def _use(
    book: Book, ledger: _Ledger, chance: Random, orgs: Mapping[str, str], holder: str, year: int
) -> None:
    """One year's use by one institution: what was planned, what was done, and the mines used."""
    what = _TEST if holder == "training_centre" and year in _TEST_YEARS else _PURPOSES[holder]
    held = ledger.held_by(holder)
    taken = [(account, max(1, round(left * chance.uniform(0.02, 0.07)))) for account, left in held]
    courses = chance.randint(1, 3)
    use = book.add(
        "retained_use",
        phase="actual",
        period=in_year(year),
        organisation_id=orgs[holder],
        purpose=what.purpose,
        objectives=what.objectives,
        activity=what.activity,
        description=f"{sum(quantity for _, quantity in taken)} mines used in {year}.",
        quantity=sum(quantity for _, quantity in taken),
        courses=courses,
        participants=courses * chance.randint(7, 14),
        results=what.results,
        last_reviewed_on=date(year, 12, 12),
        review_interval_months=12,
    )
    if year >= FIRST_YEAR:
        _plan(book, chance, orgs, holder, year)
    month = chance.choice((3, 4, 9, 10))
    day = (
        on(date(year, month, chance.randint(2, 27)))
        if year >= EXACT_DAYS_FROM
        else PartialDate.parse(f"{year}-{month:02d}")
    )
    for account, quantity in taken:
        ledger.move(account, what.kind, day, quantity, use_id=use)


def _plan(book: Book, chance: Random, orgs: Mapping[str, str], holder: str, year: int) -> None:
    what = _PURPOSES[holder]
    courses = chance.randint(1, 3)
    book.add(
        "retained_use",
        phase="planned",
        period=in_year(year),
        organisation_id=orgs[holder],
        purpose=what.purpose,
        objectives=what.objectives,
        activity=what.activity,
        quantity=chance.randint(6, 14),
        courses=courses,
        participants=courses * 10,
    )


def _pass_on(ledger: _Ledger, year: int) -> None:
    """A transfer between two institutions in 2022, and a surplus destroyed in 2023."""
    if year == 2022:
        giver = Account("engineer_school", "PMN", "14-83")
        taker = Account("dog_centre", "PMN", "14-83")
        names = {
            "from_party": "Army Engineer School",
            "to_party": "Mine Detection Dog Training Centre",
            "reason": "More dogs are trained than planned; the school uses fewer mines.",
        }
        day = on(date(year, 11, 16))
        ledger.move(giver, RetainedMovementKind.TRANSFERRED_OUT_TRAINING, day, 20, **names)
        ledger.move(taker, RetainedMovementKind.RECEIVED_TRANSFER, day, 20, **names)
    if year == 2023:
        ledger.move(
            Account("police", "PMD-6", None),
            RetainedMovementKind.DESTROYED_SURPLUS,
            on(date(year, 11, 8)),
            8,
            reason="Yearly review: wooden cases decayed, not needed for the courses of 2024.",
        )


def _lift(book: Book, ledger: _Ledger, types: Mapping[str, str]) -> None:
    """Three mines found in clearance in 2024 are kept for training instead of destroyed."""
    models = {type_id: model for model, type_id in types.items()}
    row = next(
        row
        for row in book.rows["device_found"]
        if str(row["date"]).startswith("2024")
        and row["family"] == "APM"
        and isinstance(row["quantity"], int)
        and row["quantity"] >= 4
    )
    found, quantity = row["date"], row["quantity"]
    if not isinstance(found, PartialDate) or not isinstance(quantity, int):
        raise TypeError(row)
    row.update(retained=3, destroyed=quantity - 3)
    day = min(found.last + timedelta(days=3), date(2024, 12, 31))
    ledger.move(
        Account("training_centre", models[str(row["ordnance_type_id"])], None),
        RetainedMovementKind.LIFTED_FROM_MINEFIELD,
        on(day),
        3,
        reason="Samples from clearance, aged in the soils where trainees will work.",
    )
