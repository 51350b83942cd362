"""The State itself: profile, contacts, what it declares, its extension, its laws."""

from __future__ import annotations

from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.deadlines import entry_into_force, mined_area_deadline, years_after
from mineaction_desktop.services.demo import country
from mineaction_desktop.services.demo.book import Book, in_year

DEPOSITED = date(2006, 10, 12)
IN_FORCE = entry_into_force(DEPOSITED)
STOCK_DESTROYED = date(2008, 9, 25)
FIRST_DEADLINE = mined_area_deadline(IN_FORCE)
EXTENDED_TO = years_after(FIRST_DEADLINE, 10)
PROLONGED_TO = years_after(EXTENDED_TO, 5)

WARNING = (
    "Every recorded hazardous area is either marked with warning signs or, where signs are "
    "removed or weather destroys them within months, watched by a liaison officer who visits the "
    "nearest households at least twice a year. Risk education is given first in the districts "
    "where areas remain and where accidents were reported in the last five years."
)
DIRECTIONAL = (
    "The armed forces hold directional fragmentation charges that are fitted for command "
    "detonation only. Tripwire fuses for these charges were destroyed in 2008 and their "
    "procurement is forbidden by Ministerial Order 18/2008."
)
OTHER_MATTERS = (
    "Tolmara intends to complete its obligations under Article 5 within the time it was granted if "
    "present funding is maintained, and will inform the States Parties in good time should this "
    "change."
)


def add_state(book: Book) -> None:
    """Write the profile with contacts, declarations and the extension granted under Article 5."""
    border = [country.degrees(point) for unit in country.provinces() for point in unit.border]
    profile = book.add(
        "state_profile",
        name=country.NAME,
        official_name="Republic of Tolmara (a made-up State for training)",
        iso3=country.ISO3,
        is_party=True,
        authority="Tolmara Mine Action Authority",
        deposited_on=DEPOSITED,
        entry_into_force=IN_FORCE,
        article4_completed_on=STOCK_DESTROYED,
        land_area_km2=sum(unit.area_km2 for unit in country.districts()),
        south=round(min(latitude for latitude, _ in border) - 0.05, 2),
        north=round(max(latitude for latitude, _ in border) + 0.05, 2),
        west=round(min(longitude for _, longitude in border) - 0.05, 2),
        east=round(max(longitude for _, longitude in border) + 0.05, 2),
        ever_produced=True,
        retained_ceiling=1000,
        warning_statement=WARNING,
        directional_mines_statement=DIRECTIONAL,
        other_matters=OTHER_MATTERS,
        destroyed_columns="both",
        area_placement="columns",
        training_use_as_destruction=False,
        reviewed_records_only=False,
    )
    _add_contacts(book, profile)
    _add_declarations(book, profile)
    _add_extensions(book)


def _add_extensions(book: Book) -> None:
    """The deadline for mined areas was extended twice, each time well before it came."""
    for requested, decided, until, reasons in (
        (
            date(2016, 3, 24),
            date(2016, 12, 1),
            EXTENDED_TO,
            "Survey after entry into force found mined areas that no record mentioned. Mountain "
            "sites can be worked for seven months of the year only, and clearance capacity did "
            "not reach the planned size before 2014.",
        ),
        (
            date(2025, 3, 27),
            date(2025, 12, 4),
            PROLONGED_TO,
            "Survey since 2021 confirmed areas that had only been suspected and found others that "
            "nobody knew of. At the pace of the last five years, what remains takes five years "
            "beyond the present deadline.",
        ),
    ):
        book.add(
            "extension",
            requested_on=requested,
            requested_until=until,
            decided_on=decided,
            decision_meeting=f"Meeting of the States Parties, {decided.year}",
            granted_until=until,
            reasons=reasons,
        )


def _add_contacts(book: Book, profile: str) -> None:
    """Two points of contact, by function only."""
    for position, telephone, email in (
        ("Director of Operations", "+000 000 0141", "operations@tmaa.example"),
        ("Treaty Reporting Officer", "+000 000 0142", "reporting@tmaa.example"),
    ):
        book.add(
            "contact_point",
            state_profile_id=profile,
            organisation="Tolmara Mine Action Authority",
            position=position,
            telephones=telephone,
            email=email,
        )


def _add_declarations(book: Book, profile: str) -> None:
    """Say where there is nothing to report, so that a blank is never taken for a zero."""
    for subject, state, text in (
        (
            "transferred_destruction",
            "none",
            "No anti-personnel mines were transferred for the purpose of destruction.",
        ),
        (
            "stock",
            "none",
            "All declared stocks were destroyed by 25 September 2008.",
        ),
    ):
        book.add(
            "declaration",
            state_profile_id=profile,
            subject=subject,
            state=state,
            year_from=2009,
            text=text,
        )


# Title, kind, reference, adopted, in force, penal sanctions, description.
_MEASURES = (
    (
        "Law on the Prohibition of Anti-Personnel Mines",
        "law",
        "Law 12/2006",
        "2006-09-07",
        "2006-10-01",
        "yes",
        "Forbids use, development, production, acquisition, stockpiling, retention beyond "
        "Article 3 and transfer. Imprisonment of two to ten years; applies to citizens abroad.",
    ),
    (
        "Decree establishing the Tolmara Mine Action Authority",
        "decree",
        "Decree 41/2007",
        "2007-06-18",
        "2007-07-01",
        "no",
        "Sets up the authority, its council of ministries, and the accreditation of operators.",
    ),
    (
        "Order on mines retained for training",
        "regulation",
        "Ministerial Order 17/2008",
        "2008-06-02",
        "2008-06-02",
        "no",
        "Names the four institutions that may hold mines, sets a ceiling, and requires a yearly "
        "plan and account of use.",
    ),
    (
        "Order on command-detonated charges",
        "regulation",
        "Ministerial Order 18/2008",
        "2008-06-02",
        "2008-06-02",
        "no",
        "Orders the destruction of tripwire fuses for directional charges.",
    ),
    (
        "National mine action standards, second edition",
        "administrative",
        "TNMAS 2019",
        "2019-11-14",
        "2020-01-01",
        "no",
        "Aligns survey, land release and quality management with the international standards.",
    ),
    (
        "Act on the Rights of Persons with Disabilities",
        "law",
        "Law 3/2021",
        "2021-04-20",
        "2021-07-01",
        "no",
        "Gives survivors of explosive ordnance the same services as other persons with "
        "disabilities, without proof of cause.",
    ),
    (
        "Directive on the survivor register",
        "administrative",
        "Directive 5/2023",
        "2023-02-09",
        "2023-03-01",
        "no",
        "Requires informed consent, keeps identity apart from case data, and limits who may see "
        "it.",
    ),
)


def add_measures(book: Book) -> None:
    """Write the laws, decrees and orders that carry out the Convention."""
    for title, kind, reference, adopted, in_force, penal, description in _MEASURES:
        book.add(
            "legal_measure",
            title=title,
            kind=kind,
            reference_no=reference,
            adopted_on=PartialDate.parse(adopted),
            in_force_on=PartialDate.parse(in_force),
            penal_sanctions=penal,
            description=description,
            source="Official Gazette of Tolmara",
        )


def add_facility(book: Book) -> None:
    """Write the one workshop that ever produced mines."""
    book.add(
        "production_facility",
        name="Former State Machine Works, Rendoba",
        place="Rendoba district, Nerushan province",
        products="TB-4 blast mine, 1971 to 1986",
        action="decommission",
        status="completed",
        completed_on=in_year(1994),
        description=(
            "The line was dismantled and its tooling scrapped in 1994, before Tolmara joined the "
            "Convention. The buildings are used as a repair shop for farm machinery."
        ),
    )
