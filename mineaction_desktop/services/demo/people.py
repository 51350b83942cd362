"""Accidents and the people in them. Nobody in the register exists and nobody has a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mineaction_desktop.services.demo import country
from mineaction_desktop.services.demo.book import LAST_DAY, Book, Row, on
from mineaction_desktop.services.demo.life import Life

ACCIDENTS = {
    2015: 14,
    2016: 13,
    2017: 11,
    2018: 11,
    2019: 9,
    2020: 8,
    2021: 8,
    2022: 6,
    2023: 6,
    2024: 5,
    2025: 4,
}
"""Accidents in each year: fewer as land is released and people are warned."""

_YEARS_WITH_DEMINING_ACCIDENT = (2016, 2021)

_DEVICES = {
    "anti_personnel_mine": 58,
    "mine_unknown": 12,
    "other_erw": 20,
    "improvised_mine": 3,
    "anti_vehicle_mine": 7,
}
_DEVICES_IN = {"anti_personnel_mine": 80, "mine_unknown": 20}
"""In a recorded mined area it is almost always a mine laid against people."""

_ADULT_WORK = {
    "herding": 26,
    "farming": 24,
    "collecting_wood": 16,
    "travelling": 14,
    "collecting_scrap": 8,
    "construction": 5,
    "standing_nearby": 7,
}
_CHILD_WORK = {
    "herding": 40,
    "playing": 25,
    "collecting_wood": 15,
    "tampering": 8,
    "travelling": 12,
}
_BANDS = ((4, "a0_4"), (12, "a5_12"), (17, "a13_17"), (24, "a18_24"), (59, "a25_59"))


@dataclass(frozen=True, slots=True)
class Person:
    """A person who was injured, as far as the services for survivors need to know."""

    casualty_id: str
    day: date
    sex: str
    age: int
    losses: tuple[str, ...]
    cause: str
    admin_unit_id: str


def band(age: int) -> str:
    """The age band of an age."""
    return next((name for last, name in _BANDS if age <= last), "a60_plus")


def drawn(chance: Random, weights: Mapping[str, int]) -> str:
    """One of several, by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def add_accidents(book: Book, units: Mapping[str, str], lives: Sequence[Life]) -> list[Person]:
    """Write accidents and casualties; return those who were injured."""
    chance = book.chance("accidents")
    injured: list[Person] = []
    for year, number in ACCIDENTS.items():
        for place, ordinal in enumerate(sorted(chance.sample(range(364), number))):
            day = date(year, 1, 1) + timedelta(days=ordinal)
            at_work = year in _YEARS_WITH_DEMINING_ACCIDENT and place == 2
            injured += _add_accident(book, chance, units, lives, day, demining=at_work)
    return injured


def _add_accident(
    book: Book,
    chance: Random,
    units: Mapping[str, str],
    lives: Sequence[Life],
    day: date,
    *,
    demining: bool,
) -> list[Person]:
    life = _where(chance, lives, day) if demining or chance.random() < 0.35 else None
    unit = life.site.setting.unit if life else chance.choice(country.districts())
    device = "anti_personnel_mine" if demining else drawn(chance, _DEVICES_IN if life else _DEVICES)
    cause = "erw" if device == "other_erw" else "mine"
    people = 1 if demining else chance.choices((1, 2, 3), (66, 24, 10))[0]
    if device == "anti_vehicle_mine":
        people += 1
    persons = [_person(chance, demining=demining) for _ in range(people)]
    outcomes = [person["outcome"] for person in persons]
    accident = book.add(
        "accident",
        date=on(day),
        time_band=chance.choice(("morning", "morning", "afternoon", "afternoon", "evening")),
        admin_unit_id=units[unit.code],
        place=f"{unit.name} district",
        **_position(chance, unit, life),
        kind="demining" if demining else "civilian",
        device=device,
        activated_by="vehicle" if device == "anti_vehicle_mine" else "victim",
        cleared_before="no",
        killed=outcomes.count("killed") + outcomes.count("died_later"),
        injured=outcomes.count("injured"),
        outcome_unknown=0,
        persons_complete=True,
        reliability=chance.choice(("confirmed", "confirmed", "probable")),
        source="District health office and liaison officer",
        date_of_information=on(min(day + timedelta(days=chance.randint(1, 9)), LAST_DAY)),
    )
    return [
        survivor
        for person in persons
        if (survivor := _add_casualty(book, accident, person, day, units[unit.code], cause))
    ]


def _position(chance: Random, unit: country.Unit, life: Life | None) -> Row:
    """Where it was, and how that place relates to the recorded areas."""
    place = (
        life.site.benchmark
        if life
        else country.degrees(
            (unit.middle[0] + chance.uniform(-6, 6), unit.middle[1] + chance.uniform(-6, 6))
        )
    )
    return {
        "latitude": place[0],
        "longitude": place[1],
        "position_text": f"{place[0]:.6f}, {place[1]:.6f}",
        "position_format": "dd",
        "location_precision": "near" if life else "settlement",
        "hazardous_area_id": life.site.id if life else None,
        "inside_recorded_area": "yes" if life else chance.choice(("no", "no", "unknown")),
        "marked_before": life.site.row["marked"] if life else "no",
        "land_use": life.site.row["land_use_before"] if life else "pasture",
    }


def _where(chance: Random, lives: Sequence[Life], day: date) -> Life | None:
    """An area that was known on that day and not yet released."""
    known = [
        life
        for life in lives[:100]
        if life.site.known_since <= day and (life.remaining > 0 or day.year <= 2020)
    ]
    return chance.choice(known) if known else None


def _person(chance: Random, *, demining: bool) -> Row:
    """One casualty; most are men and boys who herd, farm or travel."""
    age = chance.randint(22, 49) if demining else _age(chance)
    sex = "male" if demining or chance.random() < 0.77 else "female"
    outcome = chance.choices(("killed", "injured", "died_later"), (24, 74, 2))[0]
    losses = chance.choices(
        (("leg_below_knee",), ("foot_toe",), ("hand_finger",), ("sight",), ("hearing",), ("none",)),
        (34, 14, 14, 8, 6, 24),
    )[0]
    civilian = "deminer" if demining else "civilian"
    if not demining and age >= 18 and chance.random() < 0.08:
        civilian = "military"
    work = "demining" if demining else drawn(chance, _CHILD_WORK if age < 18 else _ADULT_WORK)
    return {
        "sex": sex,
        "age": age,
        "age_band": band(age),
        "outcome": outcome,
        "civilian_status": civilian,
        "activity": "military" if civilian == "military" else work,
        "tampered": "yes" if work == "tampering" else "no",
        "knew_danger": chance.choice(("yes", "no", "no", "unknown")),
        "received_eore": chance.choice(("yes", "no", "unknown")),
        "injuries": _injuries(losses[0]) if outcome != "killed" else None,
        "losses": list(losses) if outcome == "injured" else None,
    }


def _age(chance: Random) -> int:
    """About one in four is a child; most are adults of working age."""
    if chance.random() < 0.26:
        return chance.randint(7, 17)
    return min(79, 18 + round(chance.gammavariate(2.0, 9.0)))


def _injuries(loss: str) -> list[str]:
    return {
        "leg_below_knee": ["lower_limb_below_knee"],
        "foot_toe": ["lower_limb_below_knee"],
        "hand_finger": ["upper_limb", "eyes"],
        "sight": ["eyes", "head_neck"],
        "hearing": ["ears"],
        "none": ["upper_limb"],
    }[loss]


def _add_casualty(
    book: Book, accident: str, person: Row, day: date, admin_unit_id: str, cause: str
) -> Person | None:
    """Write one person; return those who live on with an injury."""
    died_later = min(day + timedelta(days=9), date(day.year, 12, 31))
    casualty = book.add(
        "casualty",
        accident_id=accident,
        outcome_date=on(died_later if person["outcome"] == "died_later" else day),
        **person,
    )
    if person["outcome"] != "injured":
        return None
    losses = person["losses"]
    return Person(
        casualty,
        day,
        str(person["sex"]),
        int(str(person["age"])),
        tuple(losses) if isinstance(losses, list) else (),
        cause,
        admin_unit_id,
    )
