"""The State, its places, organisations and ordnance types: what other records refer to."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import columns as c
from mineaction_desktop.records.base import Record


class StateProfile(Record, kw_only=True):
    """The reporting State and how its report is printed; a register has exactly one."""

    prefix = "STATE"

    name: Mapped[str] = c.text(required=True)
    official_name: Mapped[str | None] = c.text()
    iso3: Mapped[str] = c.text(required=True)
    is_party: Mapped[bool | None] = c.yes_no()
    authority: Mapped[str | None] = c.text()
    deposited_on: Mapped[dt.date | None] = c.day()
    entry_into_force: Mapped[dt.date] = c.day(required=True)
    withdrawal_effective: Mapped[dt.date | None] = c.day()
    article4_completed_on: Mapped[dt.date | None] = c.day()
    article5_completed_on: Mapped[dt.date | None] = c.day()
    land_area_km2: Mapped[int | None] = c.integer(unit="km²")
    south: Mapped[float | None] = c.latitude()
    north: Mapped[float | None] = c.latitude()
    west: Mapped[float | None] = c.longitude()
    east: Mapped[float | None] = c.longitude()
    ever_produced: Mapped[bool | None] = c.yes_no()
    retained_ceiling: Mapped[int | None] = c.quantity()
    warning_statement: Mapped[str | None] = c.long_text()
    directional_mines_statement: Mapped[str | None] = c.long_text()
    other_matters: Mapped[str | None] = c.long_text()
    destroyed_columns: Mapped[str | None] = c.choice("destroyed_columns")
    area_placement: Mapped[str | None] = c.choice("area_placement")
    training_use_as_destruction: Mapped[bool | None] = c.yes_no()
    reviewed_records_only: Mapped[bool | None] = c.yes_no()


class ContactPoint(Record, kw_only=True):
    """A point of contact on the front page, for clarification only."""

    prefix = "CONTACT"

    state_profile_id: Mapped[str] = c.link("state_profile", required=True, parent=True)
    organisation: Mapped[str] = c.text(required=True)
    position: Mapped[str | None] = c.text()
    telephones: Mapped[str | None] = c.text()
    fax: Mapped[str | None] = c.text()
    email: Mapped[str | None] = c.text()


class Declaration(Record, kw_only=True):
    """What the State says where it has no records: none, not applicable, or not known."""

    prefix = "DECL"

    state_profile_id: Mapped[str] = c.link("state_profile", required=True, parent=True)
    subject: Mapped[str] = c.choice("report_subject", required=True)
    state: Mapped[str] = c.choice("declared_state", required=True)
    year_from: Mapped[int | None] = c.integer()
    year_to: Mapped[int | None] = c.integer()
    text: Mapped[str | None] = c.long_text()


class Extension(Record, kw_only=True):
    """A request to extend the deadline for mined areas (Article 5.3 to 5.6), and its outcome."""

    prefix = "EXT"

    requested_on: Mapped[dt.date | None] = c.day()
    requested_until: Mapped[dt.date | None] = c.day()
    decided_on: Mapped[dt.date | None] = c.day()
    decision_meeting: Mapped[str | None] = c.text()
    granted_until: Mapped[dt.date | None] = c.day()
    reasons: Mapped[str | None] = c.long_text()


class AdminUnit(Record, kw_only=True):
    """A province, district or place with its code (P-code), linked to the unit above it."""

    prefix = "ADM"

    name: Mapped[str] = c.text(required=True)
    name_local: Mapped[str | None] = c.text()
    code: Mapped[str | None] = c.text()
    level: Mapped[int] = c.integer(required=True, minimum=1)
    parent_id: Mapped[str | None] = c.link("admin_unit")
    area_km2: Mapped[int | None] = c.integer(unit="km²")
    population: Mapped[int | None] = c.quantity()
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    valid_from: Mapped[PartialDate | None] = c.partial_date()
    valid_to: Mapped[PartialDate | None] = c.partial_date()


class Organisation(Record, kw_only=True):
    """An authority, operator, donor, holder of mines or any other body."""

    prefix = "ORG"

    name: Mapped[str] = c.text(required=True)
    short_name: Mapped[str | None] = c.text()
    aliases: Mapped[list[str] | None] = c.texts()
    roles: Mapped[list[str] | None] = c.choices("organisation_role")
    country: Mapped[str | None] = c.choice("country")
    authorised_from: Mapped[PartialDate | None] = c.partial_date()
    authorisation_act: Mapped[str | None] = c.text()
    accredited_until: Mapped[dt.date | None] = c.day()
    contact: Mapped[str | None] = c.text()


class OrdnanceType(Record, kw_only=True):
    """A model of mine or other ordnance, with what Article 7.1(h) asks to be described."""

    prefix = "ORD"

    name: Mapped[str] = c.text(required=True)
    aliases: Mapped[list[str] | None] = c.texts()
    family: Mapped[str] = c.choice("ordnance_family", required=True)
    origin_country: Mapped[str | None] = c.choice("country")
    mine_class: Mapped[str | None] = c.choice("mine_class")
    activation: Mapped[list[str] | None] = c.choices("activation")
    victim_activated: Mapped[bool | None] = c.yes_no()
    command_only: Mapped[bool | None] = c.yes_no()
    is_container: Mapped[bool | None] = c.yes_no()
    content_count: Mapped[int | None] = c.quantity()
    length_mm: Mapped[float | None] = c.number(unit="mm", minimum=0)
    width_mm: Mapped[float | None] = c.number(unit="mm", minimum=0)
    height_mm: Mapped[float | None] = c.number(unit="mm", minimum=0)
    diameter_mm: Mapped[float | None] = c.number(unit="mm", minimum=0)
    mass_g: Mapped[float | None] = c.number(unit="g", minimum=0)
    fusing: Mapped[str | None] = c.text()
    operating_force: Mapped[str | None] = c.text()
    explosive_type: Mapped[str | None] = c.text()
    explosive_g: Mapped[float | None] = c.number(unit="g", minimum=0)
    metal_class: Mapped[str | None] = c.choice("metal_class")
    metal_text: Mapped[str | None] = c.text()
    identification: Mapped[str | None] = c.long_text()
    photo_id: Mapped[str | None] = c.link("attachment")
    produced_here: Mapped[bool | None] = c.yes_no()
    confidence: Mapped[str | None] = c.choice("value_confidence")


class Attachment(Record, kw_only=True):
    """A file kept in the register: a photograph, a certificate, the text of a law."""

    prefix = "ATT"

    title: Mapped[str] = c.text(required=True)
    kind: Mapped[str | None] = c.choice("attachment_kind")
    subject_kind: Mapped[str | None] = c.text()
    subject_local_id: Mapped[str | None] = c.text()
    file_name: Mapped[str | None] = c.text()
    media_type: Mapped[str | None] = c.text()
    sha256: Mapped[str | None] = c.text()
    size_bytes: Mapped[int | None] = c.integer(unit="B")
    taken_on: Mapped[PartialDate | None] = c.partial_date()
    description: Mapped[str | None] = c.long_text()


class Milestone(Record, kw_only=True):
    """What the work plan sets for a year (action plans: adjusted yearly milestones)."""

    prefix = "MILE"

    year: Mapped[int] = c.integer(required=True, minimum=1999)
    subject: Mapped[str] = c.choice("milestone_subject", required=True)
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    method: Mapped[str | None] = c.choice("release_method")
    planned_areas: Mapped[int | None] = c.quantity()
    planned_area_m2: Mapped[int | None] = c.area()
    achieved_text: Mapped[str | None] = c.long_text()
    budget: Mapped[int | None] = c.money()
    currency: Mapped[str | None] = c.choice("currency")
    adjustment_reason: Mapped[str | None] = c.long_text()


class Commitment(Record, kw_only=True):
    """A national commitment, above all on victim assistance, with indicator and progress."""

    prefix = "COMM"

    topic: Mapped[str] = c.choice("commitment_topic", required=True)
    title: Mapped[str] = c.text(required=True)
    objective: Mapped[str | None] = c.long_text()
    responsible: Mapped[str | None] = c.text()
    indicator: Mapped[str | None] = c.text()
    baseline: Mapped[str | None] = c.text()
    target: Mapped[str | None] = c.text()
    target_date: Mapped[PartialDate | None] = c.partial_date()
    status: Mapped[str | None] = c.choice("commitment_status")
    progress: Mapped[str | None] = c.long_text()
    progress_date: Mapped[PartialDate | None] = c.partial_date()
