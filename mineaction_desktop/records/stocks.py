"""Stockpiled and retained mines: movements, programmes, sites, facilities and uses."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import (
    RetainedMovementKind,
    StockMovementKind,
    StockPool,
)
from mineaction_desktop.records import columns as c
from mineaction_desktop.records.base import Record


class StockMovement(Record, kw_only=True):
    """One change of the stockpile (Forms B and G); a lot that is empty is not known."""

    prefix = "STK"

    date: Mapped[PartialDate] = c.partial_date(required=True)
    kind: Mapped[str] = c.code(StockMovementKind, "stock_movement_kind")
    pool: Mapped[str] = c.code(StockPool, "stock_pool")
    ordnance_type_id: Mapped[str] = c.link(
        "ordnance_type", required=True, written_in="ordnance_type_written", index=False
    )
    ordnance_type_written: Mapped[str | None] = c.text()
    lot: Mapped[str | None] = c.text()
    quantity: Mapped[int] = c.quantity(required=True)
    holder_id: Mapped[str | None] = c.link("organisation")
    storage_site: Mapped[str | None] = c.text()
    fuzed: Mapped[str | None] = c.choice("fuzed")
    found_place: Mapped[str | None] = c.text()
    found_how: Mapped[str | None] = c.long_text()
    programme_id: Mapped[str | None] = c.link("destruction_programme")
    site_id: Mapped[str | None] = c.link("destruction_site")
    method: Mapped[str | None] = c.choice("destruction_method")
    from_party: Mapped[str | None] = c.text()
    to_party: Mapped[str | None] = c.text()
    certificate: Mapped[str | None] = c.text()
    reason: Mapped[str | None] = c.long_text()

    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index("ix_stock_movement_ledger", "ordnance_type_id", "pool", "kind", "date", "quantity"),
    )


class DestructionProgramme(Record, kw_only=True):
    """A programme to destroy stocks (Article 4) or mines in mined areas (Article 5)."""

    prefix = "PRG"

    article: Mapped[str] = c.choice("programme_article", required=True)
    title: Mapped[str] = c.text(required=True)
    status: Mapped[str | None] = c.choice("programme_status")
    status_text: Mapped[str | None] = c.long_text()
    started_on: Mapped[PartialDate | None] = c.partial_date()
    planned_end: Mapped[PartialDate | None] = c.partial_date()
    completed_on: Mapped[PartialDate | None] = c.partial_date()
    methods: Mapped[list[str] | None] = c.choices("destruction_method")
    safety_standard: Mapped[str | None] = c.text()
    environmental_standard: Mapped[str | None] = c.text()
    budget: Mapped[int | None] = c.money()
    currency: Mapped[str | None] = c.choice("currency")


class DestructionSite(Record, kw_only=True):
    """Where mines are destroyed, by what methods and to which standards (Form F)."""

    prefix = "SIT"

    programme_id: Mapped[str | None] = c.link("destruction_programme", parent=True)
    name: Mapped[str] = c.text(required=True)
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    methods: Mapped[list[str] | None] = c.choices("destruction_method")
    safety_standard: Mapped[str | None] = c.text()
    environmental_standard: Mapped[str | None] = c.text()
    capacity: Mapped[str | None] = c.text()


class ProductionFacility(Record, kw_only=True):
    """A facility that produced mines, and its conversion or decommissioning (Form E)."""

    prefix = "FAC"

    name: Mapped[str] = c.text(required=True)
    place: Mapped[str | None] = c.text()
    products: Mapped[str | None] = c.text()
    action: Mapped[str | None] = c.choice("facility_action")
    status: Mapped[str | None] = c.choice("facility_status")
    completed_on: Mapped[PartialDate | None] = c.partial_date()
    description: Mapped[str | None] = c.long_text()


class RetainedMovement(Record, kw_only=True):
    """One change of the mines retained under Article 3 (Form D)."""

    prefix = "RET"

    date: Mapped[PartialDate] = c.partial_date(required=True)
    kind: Mapped[str] = c.code(RetainedMovementKind, "retained_movement_kind")
    organisation_id: Mapped[str] = c.link("organisation", required=True, index=False)
    ordnance_type_id: Mapped[str] = c.link(
        "ordnance_type", required=True, written_in="ordnance_type_written"
    )
    ordnance_type_written: Mapped[str | None] = c.text()
    lot: Mapped[str | None] = c.text()
    condition: Mapped[str | None] = c.choice("retained_condition")
    quantity: Mapped[int] = c.quantity(required=True)
    use_id: Mapped[str | None] = c.link("retained_use", parent=True)
    from_party: Mapped[str | None] = c.text()
    to_party: Mapped[str | None] = c.text()
    reason: Mapped[str | None] = c.long_text()

    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index(
            "ix_retained_movement_ledger",
            "organisation_id",
            "ordnance_type_id",
            "kind",
            "date",
            "quantity",
        ),
    )


class RetainedUse(Record, kw_only=True):
    """What retained mines are, or will be, used for (Form D part 1b)."""

    prefix = "USE"

    phase: Mapped[str] = c.choice("use_phase", required=True)
    period: Mapped[PartialDate] = c.partial_date(required=True)
    organisation_id: Mapped[str | None] = c.link("organisation")
    purpose: Mapped[str] = c.choice("retained_purpose", required=True)
    objectives: Mapped[str | None] = c.long_text()
    activity: Mapped[str | None] = c.text()
    description: Mapped[str | None] = c.long_text()
    ordnance_type_id: Mapped[str | None] = c.link("ordnance_type")
    quantity: Mapped[int | None] = c.quantity()
    courses: Mapped[int | None] = c.quantity()
    participants: Mapped[int | None] = c.quantity()
    results: Mapped[str | None] = c.long_text()
    last_reviewed_on: Mapped[dt.date | None] = c.day()
    review_interval_months: Mapped[int | None] = c.integer(unit="months")
