"""Who works in the made-up country: authorities, operators, holders of mines, donors, providers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.demo.book import Book


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation: a key used in this package, its name, and what it does."""

    key: str
    name: str
    short_name: str
    roles: tuple[str, ...]
    authorised_from: str | None = None
    act: str | None = None
    accredited_until: date | None = None
    contact: str | None = None


CLEARANCE = ("furrow", "meadow", "engineers")
"""Operators that survey technically and clear."""

SURVEY = ("openpath", "furrow")
"""Operators that do non-technical survey."""

HOLDERS = ("engineer_school", "dog_centre", "police", "training_centre")
"""The four institutions that hold mines under Article 3."""

DONORS = ("safe_ground", "quiet_fields", "lantern", "meridian")

BODIES = (
    Body(
        "authority",
        "Tolmara Mine Action Authority",
        "TMAA",
        ("authority", "mine_action_centre"),
        "2007-06-18",
        "Decree 41/2007",
        contact="Office of the Director, Hestara",
    ),
    Body("defence", "Ministry of Defence of Tolmara", "MoD", ("military", "holder")),
    Body(
        "health",
        "Ministry of Health and Social Care",
        "MHSC",
        ("service_provider", "va_focal_point"),
    ),
    Body(
        "education",
        "Ministry of Education of Tolmara",
        "MoE",
        ("service_provider", "eore_provider"),
    ),
    Body(
        "openpath",
        "Open Path Survey",
        "OPS",
        ("operator", "ngo"),
        "2009-03-02",
        "Accreditation 003/2009",
        date(2027, 3, 31),
        "Programme office, Elkorad",
    ),
    Body(
        "furrow",
        "Clear Furrow",
        "CF",
        ("operator", "ngo"),
        "2008-09-15",
        "Accreditation 001/2008",
        date(2026, 9, 30),
        "Programme office, Kurosel",
    ),
    Body(
        "meadow",
        "Safe Meadow Demining",
        "SMD",
        ("operator", "ngo"),
        "2011-05-01",
        "Accreditation 006/2011",
        date(2026, 4, 30),
        "Programme office, Tarlisen",
    ),
    Body(
        "engineers",
        "Engineer Regiment of the Tolmaran Armed Forces",
        "ENGR",
        ("operator", "military"),
        "2007-06-18",
        "Decree 41/2007",
        contact="Regimental operations cell",
    ),
    Body(
        "engineer_school",
        "Army Engineer School",
        "AES",
        ("holder", "military"),
        "2008-06-02",
        "Ministerial Order 17/2008",
    ),
    Body(
        "dog_centre",
        "Mine Detection Dog Training Centre",
        "MDDC",
        ("holder",),
        "2008-06-02",
        "Ministerial Order 17/2008",
    ),
    Body(
        "police",
        "Police Explosive Ordnance Disposal Unit",
        "PEOD",
        ("holder", "police"),
        "2008-06-02",
        "Ministerial Order 17/2008",
    ),
    Body(
        "training_centre",
        "Humanitarian Demining Training Centre",
        "HDTC",
        ("holder",),
        "2008-06-02",
        "Ministerial Order 17/2008",
    ),
    Body("steps", "First Steps Risk Education", "FSRE", ("eore_provider", "ngo"), "2010-02-01"),
    Body("survivors", "Tolmara Network of Survivors", "TNS", ("service_provider", "ngo")),
    Body("safe_ground", "Fund for Safe Ground", "FSG", ("donor",)),
    Body("quiet_fields", "Quiet Fields Foundation", "QFF", ("donor",)),
    Body("lantern", "Lantern Trust for Survivors", "LTS", ("donor",)),
    Body("meridian", "Meridian Reconstruction Facility", "MRF", ("donor",)),
    Body("solidarity", "Island States Solidarity Window", "ISSW", ("recipient",)),
)


def add_organisations(book: Book) -> Mapping[str, str]:
    """Write every organisation; return their ids by key."""
    return {
        body.key: book.add(
            "organisation",
            name=body.name,
            short_name=body.short_name,
            roles=list(body.roles),
            authorised_from=(
                PartialDate.parse(body.authorised_from) if body.authorised_from else None
            ),
            authorisation_act=body.act,
            accredited_until=body.accredited_until,
            contact=body.contact,
            source="Register of organisations of the authority",
        )
        for body in BODIES
    }
