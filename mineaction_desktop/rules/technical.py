"""Forms A, E and H: measures, production facilities and what mines look like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import AP_FAMILIES
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import finding, held_types, records
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import RETAINED_TABLE, STOCK_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

LEAST_CHARGE_G, LARGEST_CHARGE_G = 10, 15_000

NO_MEASURE = mark("No national measure (law, decree, regulation …) is recorded.")
NO_SANCTIONS = mark("None of the {n:,} measures says whether there are penal sanctions.")
NOT_YET = mark("“{title}” is in force only from {date}, after the end of the period.")
NO_FACILITY = mark(
    "The State has produced anti-personnel mines, and no production facility is recorded."
)
NO_DATE = mark("“{name}” is converted or closed, and no date of completion is given.")
NO_ROW = mark(
    "{quantity:,} mines of a type that does not count in this register ({type}) are held; Form H "
    "cannot describe it."
)
INCOMPLETE = mark("{type} lacks {missing}.")
SIZE, FUSING, EXPLOSIVE = mark("dimensions"), mark("fusing"), mark("explosive content")
METAL, PHOTO = mark("metal content"), mark("a photograph")
TWO_PARTS = mark("{one}, {other}")
ODD_CHARGE = mark("{type}: {grams:,} g of explosive is outside 10 to 15,000 g.")
SAME_NAME = mark("{types} share the name “{name}”.")
TOO_HEAVY = mark("{type}: {charge:,} g of explosive in a mine that weighs {mass:,} g.")


def _measures(view: View) -> list[Fact]:
    """Measures that exist in the period: begun by its end and not repealed before it."""
    first, last = view.period.first, view.period.last
    return [
        row
        for row in view.all("legal_measure")
        if ((begun := row["adopted_on"] or row["in_force_on"]) is None or begun.first <= last)
        and (row["repealed_on"] is None or row["repealed_on"].last >= first)
    ]


def _no_measure(case: Case) -> Iterator[Finding]:
    if not _measures(case.view):
        yield finding(NO_MEASURE, "measures")


def _no_sanctions(case: Case) -> Iterator[Finding]:
    measures = _measures(case.view)
    if measures and not any(row["penal_sanctions"] for row in measures):
        places = records("legal_measure", measures)
        yield finding(NO_SANCTIONS, "penal sanctions", places, n=len(measures))


def _not_yet_in_force(case: Case) -> Iterator[Finding]:
    for row in _measures(case.view):
        begins = row["in_force_on"]
        if begins is not None and begins.first > case.view.period.last:
            place = [("legal_measure", row["id"])]
            yield finding(NOT_YET, row["local_id"], place, title=row["title"], date=str(begins))


def _no_facility(case: Case) -> Iterator[Finding]:
    view = case.view
    told = view.all("production_facility") or view.declared("production")
    if view.state["ever_produced"] and not told:
        yield finding(NO_FACILITY, "production", [("state_profile", view.state["id"])])


def _no_completion_date(case: Case) -> Iterator[Finding]:
    for row in case.view.all("production_facility"):
        if row["status"] == "completed" and row["completed_on"] is None:
            place = [("production_facility", row["id"])]
            yield finding(NO_DATE, row["local_id"], place, name=row["name"])


def _no_row(case: Case) -> Iterator[Finding]:
    view = case.view
    held: dict[str, int] = defaultdict(int)
    for ledger, place in ((STOCK_TABLE, 0), (RETAINED_TABLE, 1)):
        for balance in view.balances(ledger):
            held[str(balance.account[place])] += balance.closing
    for type_id, quantity in held.items():
        if quantity > 0 and type_id not in view.by_id("ordnance_type"):
            place_of_type = [("ordnance_type", type_id)]
            yield finding(NO_ROW, type_id, place_of_type, quantity=quantity, type=type_id)


def _missing(row: Fact) -> list[str]:
    sides = ("length_mm", "width_mm", "height_mm", "diameter_mm")
    has = {
        SIZE: any(row[side] is not None for side in sides),
        FUSING: row["fusing"] or row["activation"],
        EXPLOSIVE: row["explosive_type"] and row["explosive_g"] is not None,
        METAL: row["metal_class"] or row["metal_text"],
        PHOTO: row["photo_id"],
    }
    return [words for words, found in has.items() if not found]


def _listed(words: list[str]) -> Message:
    said = Message(words[0])
    for word in words[1:]:
        said = Message(TWO_PARTS, {"one": said, "other": Message(word)})
    return said


def _incomplete(case: Case) -> Iterator[Finding]:
    view = case.view
    for type_id in held_types(view):
        row = view.by_id("ordnance_type")[type_id]
        if missing := _missing(row):
            place = [("ordnance_type", type_id)]
            yield finding(
                INCOMPLETE, row["local_id"], place, type=row["name"], missing=_listed(missing)
            )


def _mine_types(view: View) -> list[Fact]:
    return [row for row in view.all("ordnance_type") if row["family"] in AP_FAMILIES]


def _odd_charge(case: Case) -> Iterator[Finding]:
    for row in _mine_types(case.view):
        grams = row["explosive_g"]
        if grams is not None and not LEAST_CHARGE_G <= grams <= LARGEST_CHARGE_G:
            place = [("ordnance_type", row["id"])]
            yield finding(ODD_CHARGE, row["local_id"], place, type=row["name"], grams=grams)


def _same_name(case: Case) -> Iterator[Finding]:
    named: dict[str, dict[str, Fact]] = defaultdict(dict)
    written: dict[str, str] = {}
    for row in case.view.all("ordnance_type"):
        for name in (row["name"], *(row["aliases"] or ())):
            plain = "".join(letter for letter in name.casefold() if letter.isalnum())
            named[plain][row["id"]] = row
            written.setdefault(plain, name)
    for plain, rows in named.items():
        if len(rows) > 1:
            yield finding(
                SAME_NAME,
                plain,
                records("ordnance_type", rows.values()),
                types=", ".join(row["local_id"] for row in rows.values()),
                name=written[plain],
            )


def _too_heavy(case: Case) -> Iterator[Finding]:
    for row in _mine_types(case.view):
        charge, mass = row["explosive_g"], row["mass_g"]
        if charge is not None and mass is not None and charge > mass:
            place = [("ordnance_type", row["id"])]
            yield finding(
                TOO_HEAVY, row["local_id"], place, type=row["name"], charge=charge, mass=mass
            )


RULES = (
    Rule(
        "V-A-01",
        Severity.WARNING,
        "A",
        mark("At least one national measure is listed."),
        _no_measure,
        mark("Record the laws and other measures, or explain that there are none yet."),
    ),
    Rule(
        "V-A-02",
        Severity.WARNING,
        "A",
        mark("The measures say whether there are penal sanctions."),
        _no_sanctions,
        mark("Fill in the field for penal sanctions."),
    ),
    Rule(
        "V-A-03",
        Severity.WARNING,
        "A",
        mark("The measures listed are in force by the end of the period."),
        _not_yet_in_force,
        mark("Check the date, or explain that the measure is adopted and not yet in force."),
    ),
    Rule(
        "V-E-01",
        Severity.WARNING,
        "E",
        mark("A State that has produced mines lists its production facilities."),
        _no_facility,
        mark("Record the facilities, or declare that nothing is known of them."),
    ),
    Rule(
        "V-E-02",
        Severity.WARNING,
        "E",
        mark("A facility that is converted or closed has a date of completion."),
        _no_completion_date,
        mark("Add the date; a year is enough."),
    ),
    Rule(
        "V-H-01",
        Severity.ERROR,
        "H",
        mark("Every type in stock or retained has its row in Form H."),
        _no_row,
        mark("Show the type again, or have its record accepted."),
    ),
    Rule(
        "V-H-02",
        Severity.WARNING,
        "H",
        mark("Every type held has dimensions, fusing, explosive, metal content and a photograph."),
        _incomplete,
        mark("Complete the ordnance type."),
    ),
    Rule(
        "V-H-03",
        Severity.WARNING,
        "H",
        mark("The explosive charge of a mine weighs 10 g to 15 kg."),
        _odd_charge,
        mark("Compare with the data sheet; the field is in grams."),
    ),
    Rule(
        "V-H-04",
        Severity.WARNING,
        "H",
        mark("No two types share a name or an alias."),
        _same_name,
        mark("Join the two types, or give them names that tell them apart."),
    ),
    Rule(
        "V-H-05",
        Severity.ERROR,
        "H",
        mark("No charge weighs more than its mine."),
        _too_heavy,
        mark("Correct the charge or the mass."),
    ),
)
