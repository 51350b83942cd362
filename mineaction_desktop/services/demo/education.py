"""Explosive ordnance risk education: sessions, media, and what was handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from mineaction_desktop.services.demo import country
from mineaction_desktop.services.demo.activities import present
from mineaction_desktop.services.demo.book import FIRST_YEAR, YEARS, Book, Row, on, rounded
from mineaction_desktop.services.demo.life import Life

SESSIONS_A_YEAR = 52

# Approach, activity, method, place, audience, usual number of people, weight.
_SESSIONS = (
    (
        "interpersonal",
        "direct_session",
        "interactive_session",
        "community_centre",
        "farmers",
        34,
        9,
    ),
    ("interpersonal", "house_visit", "house_to_house", "household", "herders", 14, 5),
    ("interpersonal", "direct_session", "focus_group", "market", "scrap_dealers", 18, 2),
    ("training", "school_lesson", "interactive_session", "education_facility", "children", 64, 8),
    ("training", "teacher_training", "lecture", "education_facility", "teachers", 22, 2),
    ("community_liaison", "liaison_visit", "focus_group", "farm", "leaders", 16, 5),
)
_MEDIA = (
    ("radio", "Radio spot, three times a day for four weeks", 210_000),
    ("billboard", "Boards on the pass roads", 60_000),
)
_TOPICS = ("recognition", "warning_signs", "safe_behaviour", "reporting")


def add_education(
    book: Book, units: Mapping[str, str], orgs: Mapping[str, str], lives: Sequence[Life]
) -> None:
    """Write the sessions and campaigns of every reporting year."""
    chance = book.chance("education")
    for year in YEARS:
        number = SESSIONS_A_YEAR - 2 * (year - FIRST_YEAR)
        for ordinal in sorted(chance.sample(range(8, 350), number)):
            day = date(year, 1, 1) + timedelta(days=ordinal)
            _add_session(book, chance, units, orgs, lives, day)
        for activity, text, audience in _MEDIA:
            book.add(
                "eore_session",
                date=on(date(year, chance.randint(2, 5), 1)),
                organisation_id=orgs["steps"],
                approach="mass_media",
                activity=activity,
                sessions=1,
                estimated_audience=rounded(audience * chance.uniform(0.9, 1.1), 1000),
                audience_method="Listener survey and traffic counts of the statistics office",
                topics=["safe_behaviour", "reporting"],
                place=text,
                spoken_language="National language",
                source="Campaign report",
            )


def _add_session(
    book: Book,
    chance: Random,
    units: Mapping[str, str],
    orgs: Mapping[str, str],
    lives: Sequence[Life],
    day: date,
) -> None:
    approach, activity, method, place_kind, audience, usual, _ = chance.choices(
        _SESSIONS, [session[-1] for session in _SESSIONS]
    )[0]
    unit = chance.choice(country.districts())
    near = [
        life
        for life in lives[:100]
        if life.site.setting.unit is unit and life.site.known_since <= day and life.remaining > 0
    ]
    reports = chance.choices((0, 1, 2), (80, 16, 4))[0]
    counts = _counts(chance, audience, round(usual * chance.uniform(0.6, 1.4)))
    people = sum(int(str(count)) for count in counts.values())
    session = book.add(
        "eore_session",
        date=on(day),
        admin_unit_id=units[unit.code],
        place=f"{unit.name} district",
        place_kind=place_kind,
        organisation_id=orgs["education" if audience == "children" else "steps"],
        team=f"Education Team {chance.randint(1, 4)}",
        approach=approach,
        activity=activity,
        method=method,
        audience=[audience],
        spoken_language="National language",
        sessions=chance.choice((1, 1, 2)),
        **counts,
        with_disability=round(people * 0.03),
        first_time=round(people * chance.uniform(0.3, 0.8)),
        topics=chance.sample(_TOPICS, 3),
        reports_received=reports,
        hazardous_area_id=chance.choice(near).site.id if near and chance.random() < 0.5 else None,
        source="Session report",
    )
    _add_material(book, chance, session, audience, people)


def _add_material(book: Book, chance: Random, session: str, audience: str, people: int) -> None:
    """Something printed, at most sessions: one for each person, or a few posters."""
    if chance.random() >= 0.6:
        return
    kind = "school_material" if audience == "children" else chance.choice(("brochure", "poster"))
    book.add(
        "eore_material",
        eore_session_id=session,
        kind=kind,
        material_language="National language",
        quantity=people if kind != "poster" else chance.randint(4, 20),
    )


def _counts(chance: Random, audience: str, people: int) -> Row:
    """Women, girls, men and boys; a school class is children with a few adults."""
    if audience == "children":
        girls = round(people * chance.uniform(0.44, 0.52))
        return {"women": 2, "girls": girls, "men": 1, "boys": people - girls, "unknown": 0}
    if audience == "teachers":
        women = round(people * chance.uniform(0.5, 0.65))
        return {"women": women, "girls": 0, "men": people - women, "boys": 0, "unknown": 0}
    women, girls, men, boys = present(chance, people)
    return {"women": women, "girls": girls, "men": men, "boys": boys, "unknown": 0}
