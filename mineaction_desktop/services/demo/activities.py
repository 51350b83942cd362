"""Field work on hazardous areas: one record for each piece of work, and what it released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mineaction_desktop.domain.vocabulary import AreaMovementKind
from mineaction_desktop.services.demo.book import LAST_DAY, Book, Row, on
from mineaction_desktop.services.demo.life import Life
from mineaction_desktop.services.demo.movements import Line
from mineaction_desktop.services.demo.sites import Site
from mineaction_desktop.services.demo.workdays import WORKDAYS

STANDARD = "TNMAS 2019"
CLEARANCE_DEPTH_CM = 20

_ASSETS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "technical_survey": (("manual_team", "machine"), ("manual_team", "dogs"), ("manual_team",)),
    "clearance": (("manual_team",), ("manual_team", "dogs"), ("manual_team", "machine")),
    "non_technical_survey": (("survey_team",), ("survey_team", "drone")),
}


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does a piece of work."""

    organisation_id: str
    team: str
    donor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work as it is ordered: how much, from when, in how many entries."""

    kind: str
    outcome: AreaMovementKind
    total_m2: int
    first: int
    days: int
    entries: int


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work as far as it was done by the end of the last year."""

    row: Row
    site: Site
    line: Line
    crew: Crew
    completed: bool

    @property
    def activity_id(self) -> str:
        """The id of its record."""
        return str(self.row["id"])


class Foreman:
    """Carries jobs out and remembers the work that was done."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.works: list[Work] = []
        self._chance = book.chance("field work")

    def carry_out(self, life: Life, crew: Crew, job: Job, stop: int | None = None) -> Work | None:
        """Do a job up to the position ``stop`` or the end of the last year.

        Returns nothing when there is no time to begin.
        """
        end = len(WORKDAYS) if stop is None else min(stop, len(WORKDAYS))
        days = min(job.days, end - job.first)
        if days <= 0:
            return None
        completed = days == job.days
        amount = job.total_m2 if completed else job.total_m2 * days // job.days
        entries = job.entries if completed else max(1, job.entries * days // job.days)
        suspended = stop is not None and end == stop and not completed
        row = self._record(life.site, crew, job, WORKDAYS[job.first + days - 1], amount)
        row["status"] = "completed" if completed else "suspended" if suspended else "ongoing"
        row["report_mode"] = "incremental"
        if not completed and not suspended:
            row["end_date"] = None
        line = Line(
            life.site.id,
            life.site.area_class,
            job.outcome,
            amount,
            activity_id=str(row["id"]),
            first=job.first,
            span=days,
            entries=entries,
            more=_details(job.kind),
        )
        life.book_line(line)
        self._not_yet(row, line.last_day)
        work = Work(row, life.site, line, crew, completed)
        self.works.append(work)
        return work

    def _record(self, site: Site, crew: Crew, job: Job, last: date, amount: int) -> Row:
        chance = self._chance
        cleared, surveyed = job.kind == "clearance", job.kind == "non_technical_survey"
        self.book.add(
            "land_activity",
            kind="clearance_manual" if cleared else job.kind,
            hazardous_area_id=site.id,
            admin_unit_id=site.admin_unit_id,
            organisation_id=crew.organisation_id,
            team=crew.team,
            assets=list(chance.choice(_ASSETS[job.kind])),
            start_date=on(WORKDAYS[job.first]),
            end_date=on(last),
            processed_area_m2=None if surveyed else round(amount * chance.uniform(1.0, 1.15)),
            clearance_depth_cm=CLEARANCE_DEPTH_CM if cleared else None,
            standard_applied=STANDARD,
            cancellation_criteria=["no_evidence", "land_in_use"] if surveyed else None,
            reduction_criteria=(
                ["technical_survey_no_finds", "outside_pattern"]
                if job.kind == "technical_survey"
                else None
            ),
            donor_id=crew.donor_id,
            cost=round(amount * chance.uniform(90, 150)) if cleared else None,
            currency="USD" if cleared else None,
            environmental_measures=(
                "Topsoil kept and put back; no burning of vegetation." if cleared else None
            ),
            source="Task folder",
        )
        return self.book.rows["land_activity"][-1]

    def _not_yet(self, row: Row, last: date) -> None:
        """In the years before its last, a piece of work was under way and its size not known."""
        open_ends = {"end_date": None, "processed_area_m2": None, "cost": None, "currency": None}
        self.book.until(last.year - 1, row, status="ongoing", **open_ends)

    def hand_over(self, life: Life, work: Work, reason: str) -> None:
        """Release an area whose balance is zero, and hand it to its users some weeks later."""
        chance = self._chance
        released = work.line.last_day
        life.status("released", released, reason, "All land in this area is released.")
        self.book.until(released.year - 1, work.row, quality_result=None)
        work.row["quality_result"] = "pass"
        signed = released + timedelta(days=chance.randint(12, 80))
        if signed > LAST_DAY:
            return
        women, girls, men, boys = present(chance, life.site.setting.people // 8)
        signing: Row = {
            "handed_over_on": signed,
            "certificate": f"HC-{signed.year}-{str(life.site.row['local_id'])[3:]}",
            "received_by_role": "District administrator",
            "handover_women": women,
            "handover_girls": girls,
            "handover_men": men,
            "handover_boys": boys,
        }
        work.row.update(signing)
        life.status("handed_over", signed, "certificate_signed")
        life.site.row["land_use_after"] = life.site.row["land_use_before"]
        self.book.until(signed.year - 1, work.row, **dict.fromkeys(signing))
        self.book.until(signed.year - 1, life.site.row, land_use_after=None)


def present(chance: Random, people: int) -> tuple[int, int, int, int]:
    """Women, girls, men and boys among so many people, roughly as in a village."""
    return (
        round(people * chance.uniform(0.26, 0.33)),
        round(people * chance.uniform(0.16, 0.22)),
        round(people * chance.uniform(0.25, 0.31)),
        round(people * chance.uniform(0.17, 0.24)),
    )


def _details(kind: str) -> Row:
    if kind == "technical_survey":
        return {"with_asset": True}
    return {"depth_cm": CLEARANCE_DEPTH_CM} if kind == "clearance" else {}
