"""Survivors as cases without identity, the services they receive, and who gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.demo.book import LAST_DAY, YEARS, Book, on
from mineaction_desktop.services.demo.people import Person, band

SERVICES_PERSON_BY_PERSON_FROM = 2021
"""Before this year the register kept survivors, but services only in the papers of providers."""


@dataclass(frozen=True, slots=True)
class _Provider:
    """Somebody who serves survivors."""

    key: str
    name: str
    kind: str
    unit: str
    services: tuple[str, ...]
    reach: str
    gap: str
    organisation: str | None = None


_PROVIDERS = (
    _Provider(
        "hospital",
        "Hestara Provincial Hospital",
        "public",
        "XT0202",
        ("emergency_care", "continuing_medical_care"),
        "Trauma surgery for the northern provinces",
        "One surgeon trained in blast injuries; no night transport from Dalmeri.",
        "health",
    ),
    _Provider(
        "south",
        "Sulmane District Hospital",
        "public",
        "XT0602",
        ("emergency_care", "continuing_medical_care"),
        "First care for the southern provinces",
        "Blood bank serves two days a week.",
        "health",
    ),
    _Provider(
        "rehab",
        "National Rehabilitation Centre, Elkorad",
        "public",
        "XT0501",
        ("physical_rehabilitation", "mobility_aids", "assessment_referral"),
        "Whole country; 14 beds for people from afar",
        "Waiting time for a first prosthesis is ten weeks.",
        "health",
    ),
    _Provider(
        "network",
        "Tolmara Network of Survivors, peer support",
        "survivor_organisation",
        "XT0402",
        ("psychosocial_support", "social_inclusion", "legal_help"),
        "Peer visitors in eleven districts",
        "No peer visitor in Kolmandar province.",
        "survivors",
    ),
    _Provider(
        "skills",
        "Bernosh Skills and Livelihood Workshop",
        "ngo",
        "XT0401",
        ("economic_inclusion", "inclusive_education"),
        "Courses of six months; grants for tools",
        "Women are one in four of those enrolled; child care is missing.",
    ),
    _Provider(
        "pension",
        "Social Protection Office",
        "public",
        "XT0504",
        ("social_protection", "accessibility", "assessment_referral"),
        "Counters in every province",
        "The form of application is not accessible to blind applicants.",
    ),
)

_AGGREGATES = (
    ("hospital", "continuing_medical_care", 60),
    ("rehab", "physical_rehabilitation", 150),
    ("rehab", "mobility_aids", 90),
    ("network", "psychosocial_support", 80),
    ("network", "social_inclusion", 55),
    ("skills", "economic_inclusion", 35),
    ("skills", "inclusive_education", 20),
    ("pension", "social_protection", 240),
)
"""Services that providers report as numbers for half a year; mostly to people with disabilities."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A survivor in the register."""

    id: str
    person: Person
    registered: date


def add_care(
    book: Book, units: Mapping[str, str], orgs: Mapping[str, str], persons: Sequence[Person]
) -> None:
    """Write survivors, families, providers, services and referrals."""
    chance = book.chance("care")
    providers = {
        provider.key: _add_provider(book, provider, units, orgs) for provider in _PROVIDERS
    }
    cases = [case for person in persons if (case := _register(book, chance, person))]
    for case in cases:
        if chance.random() < 0.12:
            _add_relative(book, chance, case)
        _serve(book, chance, case, providers, orgs)
    _add_aggregates(book, chance, providers, units)


def _add_provider(
    book: Book, provider: _Provider, units: Mapping[str, str], orgs: Mapping[str, str]
) -> str:
    return book.add(
        "service_provider",
        name=provider.name,
        kind=provider.kind,
        organisation_id=orgs[provider.organisation] if provider.organisation else None,
        admin_unit_id=units[provider.unit],
        services=list(provider.services),
        reach=provider.reach,
        accessible="no" if provider.key == "south" else "yes",
        gap=provider.gap,
        source="Mapping of services, 2024",
    )


def _register(book: Book, chance: Random, person: Person) -> _Case | None:
    """Register a survivor some months after the accident, if they wish to be."""
    registered = person.day + timedelta(days=chance.randint(20, 260))
    if registered > LAST_DAY or chance.random() < 0.08:
        return None
    refused = chance.random() < 0.05
    lost_leg = "leg_below_knee" in person.losses
    answers = registered + timedelta(days=chance.randint(0, 30))
    survivor = book.add(
        "survivor",
        casualty_id=person.casualty_id,
        victim_type="direct",
        sex=person.sex,
        birth_year=person.day.year - person.age,
        age_band=band(person.age),
        admin_unit_id=person.admin_unit_id,
        registered_on=on(registered),
        losses=list(person.losses) or None,
        wg_seeing="a_lot_of_difficulty" if "sight" in person.losses else "no_difficulty",
        wg_hearing="some_difficulty" if "hearing" in person.losses else "no_difficulty",
        wg_walking=(
            chance.choice(("some_difficulty", "a_lot_of_difficulty"))
            if lost_leg
            else "no_difficulty"
        ),
        wg_remembering="no_difficulty",
        wg_self_care="some_difficulty" if lost_leg else "no_difficulty",
        wg_communicating="no_difficulty",
        wg_date=min(answers, LAST_DAY),
        wg_by_proxy=person.age < 12,
        displacement=chance.choice(("not_displaced", "not_displaced", "returnee")),
        head_of_household=person.age >= 25 and chance.random() < 0.5,
        education=chance.choice(("none", "primary", "primary", "secondary")),
        occupation_before="School pupil" if person.age < 16 else "Herder or farmer",
        consent="refused" if refused else "given",
        consent_date=registered,
        consent_form="Consent form, edition 2",
        share_with_authorities=not refused,
        share_with_ngos=not refused and chance.random() < 0.7,
        review_on=date(2027, 3, 1),
        source="Survivor register",
    )
    return _Case(survivor, person, registered)


def _add_relative(book: Book, chance: Random, case: _Case) -> None:
    """A member of the family who is registered as an indirect victim."""
    person = case.person
    young = person.age < 18
    book.add(
        "survivor",
        casualty_id=person.casualty_id,
        victim_type="indirect",
        relation="parent" if young else chance.choice(("spouse", "child")),
        sex=chance.choice(("female", "female", "male")),
        age_band="a25_59" if young else "unknown",
        admin_unit_id=person.admin_unit_id,
        registered_on=on(case.registered),
        consent="given",
        consent_date=case.registered,
        consent_form="Consent form, edition 2",
        share_with_authorities=True,
        share_with_ngos=False,
        review_on=date(2027, 3, 1),
        source="Survivor register",
    )


def _needs(chance: Random, case: _Case) -> list[tuple[str, str]]:
    """The services a survivor needs, each with who gives it."""
    needs = [("physical_rehabilitation", "rehab"), ("psychosocial_support", "network")]
    if "leg_below_knee" in case.person.losses:
        needs.append(("mobility_aids", "rehab"))
    if case.person.age >= 18:
        needs += [("social_protection", "pension")]
        needs += [("economic_inclusion", "skills")] if chance.random() < 0.45 else []
    else:
        needs.append(("inclusive_education", "skills"))
    return needs


def _serve(
    book: Book,
    chance: Random,
    case: _Case,
    providers: Mapping[str, str],
    orgs: Mapping[str, str],
) -> None:
    """Write referrals, and the services that came of them in the reporting years."""
    for need, key in _needs(chance, case):
        referred = case.registered + timedelta(days=chance.randint(1, 60))
        if referred > LAST_DAY:
            continue
        served = referred + timedelta(days=chance.randint(7, 300))
        met = served <= LAST_DAY and chance.random() < 0.88
        book.add(
            "referral",
            survivor_id=case.id,
            need=need,
            date=on(referred),
            from_provider_id=providers["hospital"],
            to_provider_id=providers[key],
            accepted="yes" if met else chance.choice(("yes", "unknown")),
            completed_on=on(served) if met else None,
        )
        years = sorted({served.year, *chance.sample(list(YEARS), 2)}) if met else []
        for year in years:
            if year >= max(served.year, SERVICES_PERSON_BY_PERSON_FROM):
                day = served if year == served.year else _day_in(chance, year)
                _add_service(book, case, need, day, providers[key], orgs)


def _add_service(
    book: Book, case: _Case, need: str, day: date, provider: str, orgs: Mapping[str, str]
) -> None:
    book.add(
        "survivor_service",
        mode="person",
        service_type=need,
        date=on(day),
        provider_id=provider,
        admin_unit_id=case.person.admin_unit_id,
        survivor_id=case.id,
        cause_filter=case.person.cause,
        count_kind="persons",
        number_of_services=1,
        funder_id=orgs["lantern"] if need == "mobility_aids" else None,
        source="Case file of the provider",
    )


def _day_in(chance: Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=chance.randint(10, 350))


def _add_aggregates(
    book: Book, chance: Random, providers: Mapping[str, str], units: Mapping[str, str]
) -> None:
    """Numbers that providers send twice a year."""
    homes = {provider.key: units[provider.unit] for provider in _PROVIDERS}
    for year in YEARS:
        for half in (f"{year}-01/{year}-06", f"{year}-07/{year}-12"):
            for key, service, usual in _AGGREGATES:
                total = round(usual * chance.uniform(0.8, 1.2))
                women = round(total * chance.uniform(0.34, 0.42))
                girls = round(total * chance.uniform(0.07, 0.11))
                boys = round(total * chance.uniform(0.09, 0.14))
                book.add(
                    "survivor_service",
                    mode="aggregate",
                    service_type=service,
                    date=PartialDate.parse(half),
                    provider_id=providers[key],
                    admin_unit_id=homes[key],
                    cause_filter="any",
                    count_kind="persons",
                    women=women,
                    girls=girls,
                    men=total - women - girls - boys,
                    boys=boys,
                    unknown=0,
                    with_disability=round(total * 0.82),
                    survivors=round(total * chance.uniform(0.12, 0.25)),
                    number_of_services=round(total * chance.uniform(1.1, 2.4)),
                    source="Half-yearly return of the provider",
                )
