"""The front page of the report."""

from __future__ import annotations

from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell, Fields
from mineaction_desktop.reports.instruments.apmbc.common import listed, sentence
from mineaction_desktop.reports.source import Source

STATE = mark("STATE [PARTY]")
SUBMITTED = mark("DATE OF SUBMISSION")
CONTACT = mark("POINT OF CONTACT")
TELEPHONES = mark("Telephones: {numbers}")
FAX = mark("Fax: {number}")
EMAIL = mark("E-mail: {address}")
NOT_SUBMITTED = mark("not yet submitted")


def front(source: Source) -> Fields:
    """Name of the State, date of submission and points of contact."""
    contacts = source.all("contact_point")
    state = source.state
    items: list[tuple[str, Cell]] = [
        (source.say(STATE), state["official_name"] or state["name"]),
        (source.say(SUBMITTED), source.submitted_on or source.say(NOT_SUBMITTED)),
    ]
    for row in contacts:
        said = listed(
            row["organisation"],
            row["position"],
            sentence(source, TELEPHONES, numbers=row["telephones"]),
            sentence(source, FAX, number=row["fax"]),
            sentence(source, EMAIL, address=row["email"]),
        )
        items.append((source.say(CONTACT), said))
    if not contacts:
        items.append((source.say(CONTACT), state["authority"] or State.UNKNOWN))
    return Fields(tuple(items))
