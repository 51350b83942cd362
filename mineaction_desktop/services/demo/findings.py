"""What field work brings to light: ordnance, the results of inspections, signs and fences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import AreaMovementKind
from mineaction_desktop.services.demo import country
from mineaction_desktop.services.demo.activities import STANDARD, Foreman, Work, present
from mineaction_desktop.services.demo.book import (
    FIRST_YEAR,
    LAST_DAY,
    YEARS,
    Book,
    Row,
    in_year,
    on,
)
from mineaction_desktop.services.demo.life import Life
from mineaction_desktop.services.demo.workdays import WORKDAYS

INSPECTED_AT_MOST = 150
"""A larger register gets longer ledgers, not more inspections."""

SPOT_TASKS_A_YEAR = 14

_SPOT_FINDS = (
    ("UXO_MORTAR", "MORTAR-BOMB"),
    ("UXO_GRENADE", "GRENADE"),
    ("UXO_ARTY", "ARTILLERY-PROJECTILE"),
    ("APM", "PMN"),
    ("APM", "PMN-2"),
    ("UXO_OTHER", "UXO-OTHER"),
    ("AVM", "AVM-UNKNOWN"),
)
_GENERAL = {
    "APM_IMP": "APM-IMPROVISED",
    "AVM": "AVM-UNKNOWN",
    "UXO_OTHER": "UXO-OTHER",
}
_FAULTS = (
    ("Marking tape of the safe lane missing over 6 m", "minor", "Tape replaced the same day."),
    ("Daily test of detectors not signed", "minor", "Log completed; team leader reminded."),
    ("Excavation spoil inside the cleared lane", "minor", "Spoil moved and lane searched again."),
    ("Searched depth below 20 cm in one box", "major", "Box of 25 m² searched again in full."),
    ("Ambulance away from the site during work", "major", "Work stopped until it was back."),
)


def add_finds(book: Book, foreman: Foreman, types: Mapping[str, str]) -> None:
    """Write the ordnance found in clearance, all of it destroyed within days."""
    chance = book.chance("finds")
    for work in foreman.works:
        if work.line.kind is not AreaMovementKind.CLEARED:
            continue
        for place, family in enumerate(work.site.setting.families):
            density = work.site.setting.mines_per_ha * (1.0 if place == 0 else 0.06)
            expected = work.line.total_m2 / 10_000 * density
            found = round(expected * chance.uniform(0.75, 1.25))
            model = work.site.setting.model if family == "APM" else _GENERAL[family]
            _add_found(book, chance, work, (family, types[model]), found)


def _add_found(
    book: Book, chance: Random, work: Work, what: tuple[str, str], quantity: int
) -> None:
    """Spread a number of items over the reports of one piece of work."""
    reports = min(quantity, max(1, work.line.entries // 2), 12)
    for number in range(reports):
        part = quantity * (number + 1) // reports - quantity * number // reports
        day = work.line.day_of((number + 1) * work.line.entries // reports - 1)
        book.add(
            "device_found",
            activity_id=work.activity_id,
            hazardous_area_id=work.site.id,
            admin_unit_id=work.site.admin_unit_id,
            family=what[0],
            ordnance_type_id=what[1],
            date=on(day),
            quantity=part,
            destroyed=part,
            destroyed_on=on(
                min(day + timedelta(days=chance.randint(0, 4)), date(day.year, 12, 31))
            ),
            depth_cm=chance.randint(2, 18),
            condition=chance.choice(("weathered", "weathered", "armed", "damaged")),
            disposal_method=chance.choice(("destroyed_in_situ", "destroyed_at_site")),
            source="Completion and progress reports",
        )


def add_spot_tasks(
    book: Book, unit_ids: Mapping[str, str], types: Mapping[str, str], organisation_id: str
) -> None:
    """Write calls by residents to single items outside any recorded area; they release no land."""
    chance = book.chance("spot tasks")
    for year in YEARS:
        days = [day for day in WORKDAYS if day.year == year]
        for day in sorted(chance.sample(days, SPOT_TASKS_A_YEAR - (year - FIRST_YEAR))):
            unit = chance.choice(country.districts())
            latitude, longitude = country.degrees(
                (unit.middle[0] + chance.uniform(-5, 5), unit.middle[1] + chance.uniform(-5, 5))
            )
            where: Row = {
                "admin_unit_id": unit_ids[unit.code],
                "latitude": latitude,
                "longitude": longitude,
                "position_text": f"{latitude:.6f}, {longitude:.6f}",
                "position_format": "dd",
                "source": "Call register",
            }
            task = book.add(
                "land_activity",
                kind="eod_spot_task",
                organisation_id=organisation_id,
                team="EOD Team 1",
                assets=["eod_team"],
                start_date=on(day),
                end_date=on(day),
                status="completed",
                report_mode="final",
                standard_applied=STANDARD,
                **where,
            )
            _add_spot_find(book, chance, types, {"activity_id": task, "date": on(day), **where})


def _add_spot_find(book: Book, chance: Random, types: Mapping[str, str], known: Row) -> None:
    """What was found at a call: destroyed on the spot, or moved if it is safe to move."""
    family, model = chance.choice(_SPOT_FINDS)
    quantity = chance.choices((1, 2, 3), (6, 2, 1))[0]
    moved = family == "UXO_ARTY" and chance.random() < 0.4
    book.add(
        "device_found",
        family=family,
        ordnance_type_id=types[model],
        quantity=quantity,
        destroyed=0 if moved else quantity,
        destroyed_on=None if moved else known["date"],
        handed_over=quantity if moved else None,
        condition="weathered",
        disposal_method="handed_over" if moved else "destroyed_in_situ",
        disposal_place="Ammunition store of the armed forces" if moved else None,
        **known,
    )


def add_visits(book: Book, foreman: Foreman, authority_id: str) -> None:
    """Write inspections of work under way and of finished land, and what was put right."""
    chance = book.chance("quality")
    for work in foreman.works[:INSPECTED_AT_MOST]:
        middle = work.line.day_of(work.line.entries // 2)
        fault = chance.choice(_FAULTS) if chance.random() < 0.12 else None
        visit = _add_visit(
            book,
            work,
            authority_id,
            on(middle),
            kind="quality_assurance",
            result="conditional_pass" if fault else "pass",
            findings=fault[0] + "." if fault else "Work as the standard asks for.",
        )
        if fault:
            closed = middle + timedelta(days=chance.randint(1, 20))
            book.add(
                "nonconformity",
                quality_visit_id=visit,
                kind=fault[0],
                severity=fault[1],
                measure=fault[2],
                due_on=middle + timedelta(days=21),
                closed_on=closed if closed <= LAST_DAY else None,
            )
        if work.completed and work.line.kind is AreaMovementKind.CLEARED:
            _add_visit(
                book,
                work,
                authority_id,
                on(work.line.last_day),
                kind="quality_control",
                result="pass",
                sample_m2=max(50, round(work.line.total_m2 * 0.05)),
                findings="Sample searched again without finds.",
            )


def _add_visit(book: Book, work: Work, authority_id: str, day: PartialDate, **more: object) -> str:
    return book.add(
        "quality_visit",
        date=day,
        activity_id=work.activity_id,
        inspected_id=work.crew.organisation_id,
        inspecting_id=authority_id,
        source="Inspection report",
        **more,
    )


def add_marking(book: Book, lives: Sequence[Life], orgs: Mapping[str, str]) -> None:
    """Write signs and fences: set when an area became known, repaired, and removed at the end."""
    chance = book.chance("marking")
    for life in lives[:INSPECTED_AT_MOST]:
        row, site = life.site.row, life.site
        if row["marked"] != "yes":
            continue
        around = round(4.2 * site.size_m2**0.5)
        known_in_period = site.known_since.year >= FIRST_YEAR
        events = [("marked", site.known_since)] if known_in_period else []
        if chance.random() < 0.4:
            day = WORKDAYS[chance.randint(200, len(WORKDAYS) - 5)]
            if day > site.known_since and _lives_on(life, day):
                events.append(("repaired", day))
        if row["status"] == "handed_over":
            events.append(("removed", max(line.last_day for line in life.lines)))
        for kind, day in events:
            length = round(around * chance.uniform(0.1, 0.3)) if kind == "repaired" else around
            book.add(
                "marking_event",
                date=on(day),
                kind=kind,
                hazardous_area_id=site.id,
                admin_unit_id=site.admin_unit_id,
                organisation_id=orgs["openpath"],
                method="signs",
                length_m=length,
                signs=max(1, length // 40),
                description=None,
            )


def _lives_on(life: Life, day: date) -> bool:
    """Whether something of the area is left on a day."""
    return life.remaining > 0 or day < max(line.last_day for line in life.lines)


def add_beneficiaries(book: Book, lives: Sequence[Life]) -> None:
    """Write who is expected to gain from an area, and who did when it was handed over."""
    chance = book.chance("beneficiaries")
    for life in lives[:INSPECTED_AT_MOST]:
        site = life.site
        handed_over = site.row["status"] == "handed_over"
        for phase in ("expected", "confirmed") if handed_over else ("expected",):
            women, girls, men, boys = present(chance, site.setting.people)
            counted = phase == "confirmed"
            day = max(line.last_day for line in life.lines) if counted else site.known_since
            book.add(
                "area_beneficiary",
                hazardous_area_id=site.id,
                phase=phase,
                kind="direct",
                women=women,
                girls=girls,
                men=men,
                boys=boys,
                unknown=0,
                with_disability=round(site.setting.people * 0.04),
                method="counted" if counted else "estimated",
                date=in_year(day.year),
            )
