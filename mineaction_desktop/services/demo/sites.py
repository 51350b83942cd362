"""Hazardous areas: their records, and what is known of what lies in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mineaction_desktop.domain.vocabulary import AreaClass
from mineaction_desktop.services.demo import country
from mineaction_desktop.services.demo.book import Book, Row, on
from mineaction_desktop.services.demo.geometry import Degrees
from mineaction_desktop.services.demo.shapes import add_points, draw
from mineaction_desktop.services.demo.terrain import Room, Setting, drawn, from_the_seat

MINED_SHARE = 0.7
"""How much of an area holds the mines where other ordnance lies in the rest of it."""

_SUSPECTED: Row = {"certainty": "suspected", "ordnance_type_id": None}
"""What is not known yet of the contents of an area before it is confirmed."""


@dataclass(slots=True)
class Site:
    """One hazardous area as the rest of the package knows it."""

    id: str
    row: Row
    setting: Setting
    admin_unit_id: str
    area_class: AreaClass
    size_m2: int
    known_since: date
    benchmark: Degrees
    confirmed_on: date | None = None


class Ground:
    """Makes sites one after the other and gives each its records."""

    def __init__(self, book: Book, unit_ids: Mapping[str, str], types: Mapping[str, str]) -> None:
        self.book = book
        self._unit_ids = unit_ids
        self._types = types
        self._chance = book.chance("areas")
        self._room = Room(book.chance("places"))
        self._names: dict[str, int] = {}

    def site(
        self,
        area_class: AreaClass,
        size_m2: int,
        known_since: date,
        setting: Setting | None = None,
    ) -> Site:
        """Record a hazardous area as it is first known, in a given setting or anywhere."""
        chance = self._chance
        if setting is None:
            unit = chance.choice(country.districts())
            middle = self._room.find(unit, size_m2)
            setting = drawn(chance, unit, middle)
        else:
            middle = self._room.find(setting.unit, size_m2, setting.middle)
        outline = draw(chance, country.degrees(middle), size_m2)
        admin_unit_id = self._unit_ids[setting.unit.code]
        area_id = self.book.add(
            "hazardous_area",
            name=self._name(setting.name),
            area_class=area_class.value,
            number_of_areas=1,
            admin_unit_id=admin_unit_id,
            place=from_the_seat(setting.unit, middle),
            directions="Follow the marked track from the reference point to the red benchmark.",
            latitude=outline.benchmark[0],
            longitude=outline.benchmark[1],
            position_text=f"{outline.benchmark[0]:.6f}, {outline.benchmark[1]:.6f}",
            position_format="dd",
            area_computed_m2=outline.computed_m2,
            source="Survey report",
            date_of_information=on(known_since),
            survey_date=on(known_since),
            **_survey(chance, area_class),
            **setting.looks,
        )
        row = self.book.rows["hazardous_area"][-1]
        site = Site(
            area_id,
            row,
            setting,
            admin_unit_id,
            area_class,
            size_m2,
            known_since,
            outline.benchmark,
        )
        add_points(self.book, chance, site.id, outline)
        self._add_evidence(site)
        return site

    def _name(self, name: str) -> str:
        """The name itself, or with a number when the district already has one of that name."""
        self._names[name] = self._names.get(name, 0) + 1
        return name if self._names[name] == 1 else f"{name} {self._names[name]}"

    def _add_evidence(self, site: Site) -> None:
        """Direct evidence for a confirmed area, indirect evidence for a suspected one."""
        chance, confirmed = self._chance, site.area_class is AreaClass.CHA
        kinds = _DIRECT if confirmed else _INDIRECT
        for kind, how_known, role, text in chance.sample(kinds, chance.randint(1, 2)):
            self.book.add(
                "area_evidence",
                hazardous_area_id=site.id,
                kind=kind,
                how_known=how_known,
                source_role=role,
                date=on(site.known_since - timedelta(days=chance.randint(1, 20))),
                description=text,
            )

    def add_contamination(self, site: Site, entered_m2: int) -> None:
        """What lies in the area, and how much of the land entered holds which where it is mixed.

        Called when the class of the area is final.
        """
        confirmed = site.row["area_class"] == AreaClass.CHA.value
        expected = max(1, round(site.setting.mines_per_ha * site.size_m2 / 10_000))
        mined = round(entered_m2 * MINED_SHARE)
        shares = (mined, entered_m2 - mined) if len(site.setting.families) > 1 else (None,)
        for place, (family, share) in enumerate(zip(site.setting.families, shares, strict=True)):
            model = site.setting.model if family == "APM" and confirmed else None
            counted = confirmed and place == 0
            self.book.add(
                "contamination",
                hazardous_area_id=site.id,
                family=family,
                ordnance_type_id=self._types[model] if model else None,
                certainty="confirmed" if confirmed else "suspected",
                quantity_state="estimated" if counted else "unknown",
                quantity=round(expected * 0.7) if counted else None,
                quantity_max=round(expected * 1.4) if counted else None,
                share_m2=share,
                is_primary=place == 0,
            )
            if site.confirmed_on is not None:
                row = self.book.rows["contamination"][-1]
                self.book.until(site.confirmed_on.year - 1, row, **_SUSPECTED)


_DIRECT = (
    ("eo_seen", "visual_observation", "Survey team leader", "Mine seen at the surface."),
    ("marking", "visual_observation", "Survey team leader", "Old warning signs and wire in place."),
    ("detonation", "verbal_information", "Farmer", "Detonation heard and crater shown."),
    ("accident_located", "former_records", "Hospital register", "Accident at a known spot."),
)
_INDIRECT = (
    ("unused_land", "visual_observation", "Survey team leader", "Fertile land left unused."),
    ("verbal", "verbal_information", "Former soldier", "Remembers that mines were laid here."),
    ("former_records", "former_records", "Archive", "Sketch of positions without coordinates."),
    ("accident_not_located", "verbal_information", "Village elder", "Livestock lost nearby."),
)


def _survey(chance: Random, area_class: AreaClass) -> Row:
    """How the area was surveyed and marked."""
    confirmed = area_class is AreaClass.CHA
    marked = confirmed or chance.random() < 0.5
    technical = confirmed and chance.random() < 0.4
    return {
        "survey_method": "technical_survey" if technical else "non_technical_survey",
        "marked": "yes" if marked else "no",
        "fenced": "yes" if marked and chance.random() < 0.35 else "no",
        "marking_kind": "signs" if marked else None,
    }
