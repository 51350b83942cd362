"""Hazardous areas, what is done to them and what is found in them (IMAS 05.10, 07.11)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import AreaClass, AreaMovementKind, QuantityState
from mineaction_desktop.records import columns as c
from mineaction_desktop.records.base import Record


class HazardousArea(Record, kw_only=True):
    """A suspected or confirmed hazardous area, or several that one published row counts.

    Its size is never typed over: it is what the movements of the land ledger add up to.
    """

    prefix = "HA"

    name: Mapped[str | None] = c.text()
    area_class: Mapped[str] = c.code(AreaClass, "area_class")
    status: Mapped[str | None] = c.choice("area_status")
    number_of_areas: Mapped[int | None] = c.integer(minimum=1)
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    place: Mapped[str | None] = c.text()
    directions: Mapped[str | None] = c.long_text()
    geo_safe: Mapped[bool | None] = c.yes_no()
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    area_computed_m2: Mapped[int | None] = c.area()
    polygon_missing_reason: Mapped[str | None] = c.text()
    survey_date: Mapped[PartialDate | None] = c.partial_date()
    survey_method: Mapped[str | None] = c.choice("survey_method")
    emplaced: Mapped[PartialDate | None] = c.partial_date()
    emplaced_text: Mapped[str | None] = c.text()
    laid_by: Mapped[str | None] = c.text()
    marked: Mapped[str | None] = c.choice("yes_no_unknown")
    fenced: Mapped[str | None] = c.choice("yes_no_unknown")
    marking_kind: Mapped[str | None] = c.choice("marking_method")
    priority: Mapped[str | None] = c.choice("priority")
    blockage: Mapped[list[str] | None] = c.choices("blockage")
    land_use_before: Mapped[str | None] = c.choice("land_use")
    land_use_after: Mapped[str | None] = c.choice("land_use")
    landowner: Mapped[str | None] = c.choice("landowner")
    terrain: Mapped[str | None] = c.choice("terrain")
    slope: Mapped[str | None] = c.choice("slope")
    vegetation: Mapped[str | None] = c.choice("vegetation")
    metal_level: Mapped[str | None] = c.choice("metal_class")


class Contamination(Record, kw_only=True):
    """What is known or suspected to lie in a hazardous area."""

    prefix = "CON"

    hazardous_area_id: Mapped[str] = c.link("hazardous_area", required=True, parent=True)
    family: Mapped[str] = c.choice("ordnance_family", required=True)
    ordnance_type_id: Mapped[str | None] = c.link(
        "ordnance_type", written_in="ordnance_type_written"
    )
    ordnance_type_written: Mapped[str | None] = c.text()
    certainty: Mapped[str | None] = c.choice("certainty")
    quantity_state: Mapped[str | None] = c.code(QuantityState, "quantity_state", required=False)
    quantity: Mapped[int | None] = c.quantity()
    quantity_max: Mapped[int | None] = c.quantity()
    share_m2: Mapped[int | None] = c.area()
    is_primary: Mapped[bool | None] = c.yes_no()


class AreaEvidence(Record, kw_only=True):
    """Why a hazardous area was recorded: direct or indirect evidence, and how it is known."""

    prefix = "EVI"

    hazardous_area_id: Mapped[str] = c.link("hazardous_area", required=True, parent=True)
    kind: Mapped[str] = c.choice("evidence_kind", required=True)
    how_known: Mapped[str | None] = c.choice("how_known")
    source_role: Mapped[str | None] = c.text()
    date: Mapped[PartialDate | None] = c.partial_date()
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    description: Mapped[str | None] = c.long_text()


class AreaStatusChange(Record, kw_only=True):
    """One step in the life of a hazardous area."""

    prefix = "STA"

    hazardous_area_id: Mapped[str] = c.link("hazardous_area", required=True, parent=True)
    status: Mapped[str] = c.choice("area_status", required=True)
    date: Mapped[PartialDate] = c.partial_date(required=True)
    reason: Mapped[str | None] = c.choice("status_reason")
    comment: Mapped[str | None] = c.long_text()


class AreaClassChange(Record, kw_only=True):
    """When suspicion became confirmation or the other way round, and on what evidence."""

    prefix = "CLS"

    hazardous_area_id: Mapped[str] = c.link("hazardous_area", required=True, parent=True)
    area_class: Mapped[str] = c.code(AreaClass, "area_class")
    date: Mapped[PartialDate] = c.partial_date(required=True)
    evidence_id: Mapped[str | None] = c.link("area_evidence")
    reason: Mapped[str | None] = c.long_text()


class AreaLink(Record, kw_only=True):
    """Which area came from which: a split, a merger or a new name."""

    prefix = "LNK"

    hazardous_area_id: Mapped[str] = c.link("hazardous_area", required=True, parent=True)
    predecessor_id: Mapped[str] = c.link("hazardous_area", required=True)
    relation: Mapped[str] = c.choice("area_relation", required=True)
    date: Mapped[PartialDate | None] = c.partial_date()
    reason: Mapped[str | None] = c.long_text()


class AreaPoint(Record, kw_only=True):
    """A reference point, benchmark or turning point, in drawing order, as it was measured."""

    prefix = "PNT"

    hazardous_area_id: Mapped[str] = c.link(
        "hazardous_area", required=True, parent=True, index=False
    )
    ring: Mapped[int | None] = c.sequence()
    position: Mapped[int] = c.sequence(required=True)
    point_kind: Mapped[str] = c.choice("point_kind", required=True)
    point_name: Mapped[str | None] = c.text()
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    bearing_degrees: Mapped[float | None] = c.number(unit="°", minimum=0, maximum=360)
    north_reference: Mapped[str | None] = c.choice("north_reference")
    distance_m: Mapped[float | None] = c.number(unit="m", minimum=0)
    from_point: Mapped[str | None] = c.text()
    fixed_by: Mapped[str | None] = c.choice("fixed_by")
    accuracy_m: Mapped[float | None] = c.number(unit="m", minimum=0)
    description: Mapped[str | None] = c.text()

    __table_args__ = (Index(None, "hazardous_area_id", "ring", "position"),)


class AreaBeneficiary(Record, kw_only=True):
    """Who gains, or is expected to gain, from released land."""

    prefix = "BEN"

    hazardous_area_id: Mapped[str] = c.link("hazardous_area", required=True, parent=True)
    phase: Mapped[str] = c.choice("beneficiary_phase", required=True)
    kind: Mapped[str] = c.choice("beneficiary_kind", required=True)
    women: Mapped[int | None] = c.quantity()
    girls: Mapped[int | None] = c.quantity()
    men: Mapped[int | None] = c.quantity()
    boys: Mapped[int | None] = c.quantity()
    unknown: Mapped[int | None] = c.quantity()
    with_disability: Mapped[int | None] = c.quantity()
    method: Mapped[str | None] = c.choice("counting_method")
    date: Mapped[PartialDate | None] = c.partial_date()


class LandActivity(Record, kw_only=True):
    """Survey, clearance, an EOD spot task: the work, not its result."""

    prefix = "ACT"

    kind: Mapped[str] = c.choice("activity_kind", required=True)
    hazardous_area_id: Mapped[str | None] = c.link("hazardous_area")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    organisation_id: Mapped[str | None] = c.link("organisation")
    team: Mapped[str | None] = c.text()
    assets: Mapped[list[str] | None] = c.choices("asset")
    start_date: Mapped[PartialDate | None] = c.partial_date()
    end_date: Mapped[PartialDate | None] = c.partial_date()
    status: Mapped[str | None] = c.choice("activity_status")
    report_mode: Mapped[str | None] = c.choice("report_mode")
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    processed_area_m2: Mapped[int | None] = c.area()
    clearance_depth_cm: Mapped[int | None] = c.integer(unit="cm")
    standard_applied: Mapped[str | None] = c.text()
    cancellation_criteria: Mapped[list[str] | None] = c.choices("release_criterion")
    reduction_criteria: Mapped[list[str] | None] = c.choices("release_criterion")
    quality_result: Mapped[str | None] = c.choice("quality_result")
    handed_over_on: Mapped[dt.date | None] = c.day()
    certificate: Mapped[str | None] = c.text()
    received_by_role: Mapped[str | None] = c.text()
    handover_women: Mapped[int | None] = c.quantity()
    handover_girls: Mapped[int | None] = c.quantity()
    handover_men: Mapped[int | None] = c.quantity()
    handover_boys: Mapped[int | None] = c.quantity()
    donor_id: Mapped[str | None] = c.link("organisation")
    cost: Mapped[int | None] = c.money()
    currency: Mapped[str | None] = c.choice("currency")
    environmental_measures: Mapped[str | None] = c.long_text()


class AreaMovement(Record, kw_only=True):
    """One change of the size of an area; the land ledger, which drives every area figure.

    Published rows of a whole country or province have no area of their own: then
    ``admin_unit_id`` says where, or nothing for the country.
    """

    prefix = "MOV"

    hazardous_area_id: Mapped[str | None] = c.link("hazardous_area", parent=True, index=False)
    admin_unit_id: Mapped[str | None] = c.link("admin_unit", index=False)
    activity_id: Mapped[str | None] = c.link("land_activity", parent=True)
    area_class: Mapped[str] = c.code(AreaClass, "area_class")
    kind: Mapped[str] = c.code(AreaMovementKind, "area_movement_kind")
    date: Mapped[PartialDate] = c.partial_date(required=True)
    area_m2: Mapped[int] = c.area(required=True)
    number_of_areas: Mapped[int | None] = c.quantity()
    new_because: Mapped[str | None] = c.choice("new_because")
    with_asset: Mapped[bool | None] = c.yes_no()
    depth_cm: Mapped[int | None] = c.integer(unit="cm")
    circumstances: Mapped[str | None] = c.text()
    reason: Mapped[str | None] = c.long_text()
    approved_by: Mapped[str | None] = c.text()

    __table_args__ = (
        CheckConstraint("area_m2 >= 0", name="area_not_negative"),
        Index(
            "ix_area_movement_ledger",
            "hazardous_area_id",
            "admin_unit_id",
            "area_class",
            "kind",
            "date",
            "area_m2",
            "review_state",
            "is_hidden",
        ),
        Index("ix_area_movement_date", "date"),
    )


class DeviceFound(Record, kw_only=True):
    """Ordnance found and what became of it: destroyed, retained, handed over or still pending."""

    prefix = "DEV"

    activity_id: Mapped[str | None] = c.link("land_activity", parent=True)
    hazardous_area_id: Mapped[str | None] = c.link("hazardous_area")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    family: Mapped[str] = c.choice("ordnance_family", required=True)
    ordnance_type_id: Mapped[str | None] = c.link(
        "ordnance_type", written_in="ordnance_type_written"
    )
    ordnance_type_written: Mapped[str | None] = c.text()
    date: Mapped[PartialDate] = c.partial_date(required=True)
    quantity: Mapped[int] = c.quantity(required=True)
    destroyed: Mapped[int] = c.quantity(required=True)
    destroyed_on: Mapped[PartialDate | None] = c.partial_date()
    retained: Mapped[int | None] = c.quantity()
    handed_over: Mapped[int | None] = c.quantity()
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    depth_cm: Mapped[int | None] = c.integer(unit="cm")
    condition: Mapped[str | None] = c.choice("device_condition")
    disposal_method: Mapped[str | None] = c.choice("disposal_method")
    disposal_place: Mapped[str | None] = c.text()

    __table_args__ = (
        CheckConstraint("destroyed <= quantity", name="destroyed_at_most_found"),
        Index("ix_device_found_figures", "date", "family", "ordnance_type_id", "destroyed"),
    )


class QualityVisit(Record, kw_only=True):
    """An inspection of work in progress or of finished land."""

    prefix = "QUA"

    date: Mapped[PartialDate] = c.partial_date(required=True)
    kind: Mapped[str] = c.choice("quality_kind", required=True)
    activity_id: Mapped[str | None] = c.link("land_activity")
    inspected_id: Mapped[str | None] = c.link("organisation")
    inspecting_id: Mapped[str | None] = c.link("organisation")
    sample_m2: Mapped[int | None] = c.area()
    result: Mapped[str | None] = c.choice("quality_result")
    findings: Mapped[str | None] = c.long_text()


class Nonconformity(Record, kw_only=True):
    """What an inspection found wrong, and what was done about it."""

    prefix = "NCF"

    quality_visit_id: Mapped[str] = c.link("quality_visit", required=True, parent=True)
    kind: Mapped[str] = c.text(required=True)
    severity: Mapped[str] = c.choice("nonconformity_severity", required=True)
    measure: Mapped[str | None] = c.long_text()
    due_on: Mapped[dt.date | None] = c.day()
    closed_on: Mapped[dt.date | None] = c.day()


class MarkingEvent(Record, kw_only=True):
    """Signs and fences set, repaired or removed (Article 5.2, Form I)."""

    prefix = "MAR"

    date: Mapped[PartialDate] = c.partial_date(required=True)
    kind: Mapped[str] = c.choice("marking_event_kind", required=True)
    hazardous_area_id: Mapped[str | None] = c.link("hazardous_area")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    organisation_id: Mapped[str | None] = c.link("organisation")
    method: Mapped[str | None] = c.choice("marking_method")
    length_m: Mapped[int | None] = c.integer(unit="m")
    signs: Mapped[int | None] = c.quantity()
    description: Mapped[str | None] = c.long_text()
