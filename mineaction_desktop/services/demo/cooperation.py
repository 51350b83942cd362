"""Money and plans: funding in all four directions, yearly milestones, national commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import RELEASED, AreaMovementKind
from mineaction_desktop.services.demo.book import LAST_YEAR, YEARS, Book, in_year, rounded
from mineaction_desktop.services.demo.movements import Line

EURO = {2021: 1.18, 2022: 1.05, 2023: 1.08, 2024: 1.08, 2025: 1.12}
"""What a euro was worth in dollars, rounded, as a ministry would note it."""

# Donor, recipient, pillar, currency, usual amount in whole units.
_RECEIVED = (
    ("safe_ground", "furrow", "clearance", "USD", 820_000),
    ("quiet_fields", "meadow", "clearance", "EUR", 610_000),
    ("quiet_fields", "steps", "risk_education", "EUR", 95_000),
    ("lantern", "survivors", "victim_assistance", "USD", 180_000),
    ("meridian", "authority", "coordination", "USD", 120_000),
)
_NATIONAL = (
    ("clearance", "engineers", 640_000),
    ("coordination", "authority", 310_000),
    ("victim_assistance", "health", 275_000),
    ("risk_education", "education", 60_000),
)
_NEEDED = (("clearance", 2_900_000), ("victim_assistance", 450_000), ("risk_education", 140_000))


def add_funding(book: Book, orgs: Mapping[str, str]) -> None:
    """Write what was received, given from the budget, provided to others, and is needed."""
    chance = book.chance("funding")
    for year in YEARS:
        for donor, recipient, pillar, currency, usual in _RECEIVED:
            _add(
                book,
                "received",
                year,
                pillar,
                (rounded(usual * chance.uniform(0.85, 1.1), 1000), currency),
                donor_id=orgs[donor],
                recipient_id=orgs[recipient],
                status="disbursed",
            )
        for pillar, recipient, usual in _NATIONAL:
            _add(
                book,
                "national",
                year,
                pillar,
                (rounded(usual * (1 + 0.03 * (year - YEARS[0])), 1000), "USD"),
                recipient_id=orgs[recipient],
                status="disbursed",
                budget_line="Chapter 14, mine action",
            )
        if year % 2:
            _add(
                book,
                "provided",
                year,
                "research",
                (25_000, "USD"),
                donor_id=orgs["authority"],
                recipient_id=orgs["solidarity"],
                support_kind="technical",
                status="disbursed",
                description="Trainers and course material on survey in mountain ground.",
            )
    for year in (LAST_YEAR, LAST_YEAR + 1):
        for pillar, usual in _NEEDED:
            _add(book, "needed", year, pillar, (usual, "USD"), status="requested")


def _add(
    book: Book,
    direction: str,
    year: int,
    pillar: str,
    money: tuple[int, str],
    *,
    support_kind: str = "financial",
    **more: object,
) -> None:
    amount, currency = money
    book.add(
        "funding",
        direction=direction,
        period=in_year(year),
        pillar=pillar,
        support_kind=support_kind,
        amount=amount * 100,
        currency=currency,
        rate_to_usd=1.0 if currency == "USD" else EURO[year],
        rate_date=in_year(min(year, LAST_YEAR)),
        source="Financial statements",
        **more,
    )


_METHODS = {
    AreaMovementKind.CANCELLED: "non_technical_survey",
    AreaMovementKind.REDUCED: "technical_survey",
    AreaMovementKind.CLEARED: "clearance",
}


def add_milestones(book: Book, lines: Sequence[Line]) -> None:
    """Write what the work plan set for each year; it came close to what was done."""
    chance = book.chance("milestones")
    done: Counter[tuple[int, AreaMovementKind]] = Counter()
    areas: Counter[tuple[int, AreaMovementKind]] = Counter()
    for line in lines:
        if line.kind in RELEASED:
            parts = min(line.entries, 40)
            for part in range(parts):
                year = line.day_of((part + 1) * line.entries // parts - 1).year
                done[year, line.kind] += line.total_m2 // parts
            areas[line.last_day.year, line.kind] += 1
    for year in (*YEARS, LAST_YEAR + 1):
        for kind, method in _METHODS.items():
            basis = min(year, LAST_YEAR)
            planned = max(5_000, rounded(done[basis, kind] * chance.uniform(0.85, 1.2), 1000))
            behind = year <= LAST_YEAR and planned > done[basis, kind] * 1.02
            book.add(
                "milestone",
                year=year,
                subject="apm_area",
                method=method,
                planned_areas=max(1, areas[basis, kind]),
                planned_area_m2=planned,
                achieved_text=_achieved(year, behind=behind),
                budget=planned * (140 if method == "clearance" else 35),
                currency="USD",
                adjustment_reason=(
                    "Teams lost weeks to late snow; the remainder moves to the next year."
                    if behind
                    else None
                ),
                source="National work plan",
            )


def _achieved(year: int, *, behind: bool) -> str | None:
    if year > LAST_YEAR:
        return None
    return "Not fully reached; tasks begun late go on." if behind else "Reached."


@dataclass(frozen=True, slots=True)
class _Commitment:
    """A national commitment with its measure of success."""

    topic: str
    title: str
    indicator: str
    baseline: str
    target: str
    by: str
    status: str
    progress: str
    responsible: str = "Tolmara Mine Action Authority"


_HEALTH = "Ministry of Health and Social Care"
_COMMITMENTS = (
    _Commitment(
        "rehabilitation",
        "Rehabilitation within reach of every province",
        "Provinces with a rehabilitation service within three hours by road",
        "2 of 6 in 2020",
        "6 of 6",
        "2026",
        "in_progress",
        "Mobile clinic reaches five provinces since 2024.",
        _HEALTH,
    ),
    _Commitment(
        "psychosocial_support",
        "Peer support in all affected districts",
        "Affected districts with a trained peer visitor",
        "4 in 2020",
        "18",
        "2026",
        "in_progress",
        "Eleven districts covered; recruiting in Kolmandar.",
        "Tolmara Network of Survivors",
    ),
    _Commitment(
        "casualty_data",
        "One register of casualties and survivors",
        "Share of accidents entered within 30 days, with sex and age",
        "55 % in 2020",
        "95 %",
        "2024",
        "achieved",
        "97 % in 2024; consent is asked before case data are shared.",
    ),
    _Commitment(
        "emergency_response",
        "First care within the first hour",
        "Affected districts with trained first responders and transport",
        "9 in 2020",
        "20",
        "2027",
        "delayed",
        "Fourteen districts; two ambulances ordered in 2025 have not arrived.",
        _HEALTH,
    ),
    _Commitment(
        "socio_economic_inclusion",
        "Work and income for survivors",
        "Survivors who finished a course and earn an income a year later",
        "None counted in 2020",
        "60 people",
        "2025",
        "achieved",
        "64 people, 17 of them women.",
        "Ministry of Labour of Tolmara",
    ),
    _Commitment(
        "survivor_participation",
        "Survivors at the table",
        "Meetings of the council with elected representatives of survivors",
        "1 of 4 in 2020",
        "Every meeting",
        "2023",
        "achieved",
        "Two elected seats since 2023.",
    ),
    _Commitment(
        "gender_diversity",
        "Women in field teams",
        "Share of women among survey, clearance and education staff",
        "12 % in 2020",
        "30 %",
        "2025",
        "in_progress",
        "26 % at the end of 2025; first woman team leader in 2022.",
    ),
    _Commitment(
        "information_management",
        "A complete and reviewed register of mined areas",
        "Areas with a measured outline",
        "71 % in 2020",
        "100 %",
        "2024",
        "achieved",
        "All recorded areas have turning points.",
    ),
    _Commitment(
        "environment",
        "Land given back as it was",
        "Clearance tasks with a record of measures for soil and water",
        "None in 2020",
        "All",
        "2025",
        "achieved",
        "All tasks since 2023.",
    ),
    _Commitment(
        "residual_capacity",
        "Ready for what is found after completion",
        "Plan for residual finds adopted and one team trained for it",
        "No plan in 2020",
        "Plan and team",
        "2027",
        "in_progress",
        "Draft under discussion between police and engineers.",
    ),
)


def add_commitments(book: Book) -> None:
    """Write national commitments with indicator, target and progress."""
    for item in _COMMITMENTS:
        book.add(
            "commitment",
            topic=item.topic,
            title=item.title,
            objective=item.title + ".",
            responsible=item.responsible,
            indicator=item.indicator,
            baseline=item.baseline,
            target=item.target,
            target_date=PartialDate.parse(item.by),
            status=item.status,
            progress=item.progress,
            progress_date=PartialDate.parse("2025-11"),
            source="National action plan 2021 to 2027",
        )
