"""Risk education, laws and funding."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import columns as c
from mineaction_desktop.records.base import Record


class EoreSession(Record, kw_only=True):
    """Explosive ordnance risk education given to people, or sent to an audience (IMAS 12.10).

    People reached in person and the estimated audience of media are never added together.
    """

    prefix = "EDU"

    date: Mapped[PartialDate] = c.partial_date(required=True)
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    place: Mapped[str | None] = c.text()
    place_kind: Mapped[str | None] = c.choice("place_kind")
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    organisation_id: Mapped[str | None] = c.link("organisation")
    team: Mapped[str | None] = c.text()
    approach: Mapped[str] = c.choice("eore_approach", required=True)
    activity: Mapped[str | None] = c.choice("eore_activity")
    method: Mapped[str | None] = c.choice("eore_method")
    audience: Mapped[list[str] | None] = c.choices("eore_audience")
    spoken_language: Mapped[str | None] = c.text()
    sessions: Mapped[int | None] = c.integer(minimum=1)
    women: Mapped[int | None] = c.quantity()
    girls: Mapped[int | None] = c.quantity()
    men: Mapped[int | None] = c.quantity()
    boys: Mapped[int | None] = c.quantity()
    unknown: Mapped[int | None] = c.quantity()
    with_disability: Mapped[int | None] = c.quantity()
    first_time: Mapped[int | None] = c.quantity()
    estimated_audience: Mapped[int | None] = c.quantity()
    audience_method: Mapped[str | None] = c.text()
    topics: Mapped[list[str] | None] = c.choices("eore_topic")
    reports_received: Mapped[int | None] = c.quantity()
    hazardous_area_id: Mapped[str | None] = c.link("hazardous_area")


class EoreMaterial(Record, kw_only=True):
    """Printed or other material handed out at a session."""

    prefix = "MAT"

    eore_session_id: Mapped[str] = c.link("eore_session", required=True, parent=True)
    kind: Mapped[str] = c.choice("material_kind", required=True)
    material_language: Mapped[str | None] = c.text()
    quantity: Mapped[int] = c.quantity(required=True)


class LegalMeasure(Record, kw_only=True):
    """A law, decree, regulation or institution that carries out the Convention (Form A)."""

    prefix = "LAW"

    title: Mapped[str] = c.text(required=True)
    kind: Mapped[str] = c.choice("measure_kind", required=True)
    reference_no: Mapped[str | None] = c.text()
    adopted_on: Mapped[PartialDate | None] = c.partial_date()
    in_force_on: Mapped[PartialDate | None] = c.partial_date()
    repealed_on: Mapped[PartialDate | None] = c.partial_date()
    penal_sanctions: Mapped[str | None] = c.choice("penal_sanctions")
    description: Mapped[str | None] = c.long_text()
    text_id: Mapped[str | None] = c.link("attachment")


class Funding(Record, kw_only=True):
    """Money or help: national, received, given or still needed (Article 6)."""

    prefix = "FUN"

    direction: Mapped[str] = c.choice("funding_direction", required=True)
    period: Mapped[PartialDate] = c.partial_date(required=True)
    donor_id: Mapped[str | None] = c.link("organisation")
    recipient_id: Mapped[str | None] = c.link("organisation")
    pillar: Mapped[str] = c.choice("pillar", required=True)
    support_kind: Mapped[str | None] = c.choice("support_kind")
    budget_line: Mapped[str | None] = c.text()
    amount: Mapped[int | None] = c.money()
    currency: Mapped[str | None] = c.choice("currency")
    rate_to_usd: Mapped[float | None] = c.number(minimum=0)
    rate_date: Mapped[PartialDate | None] = c.partial_date()
    status: Mapped[str | None] = c.choice("funding_status")
    description: Mapped[str | None] = c.long_text()
