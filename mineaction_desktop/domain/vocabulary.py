"""Codes that arithmetic depends on; every other list of codes is data in ``forms/choices``."""

from __future__ import annotations

from enum import StrEnum

from mineaction_desktop.domain.ledger import COUNTED, LedgerRules


class AreaClass(StrEnum):
    """Suspected or confirmed hazardous area (IMAS 04.10)."""

    SHA = "SHA"
    CHA = "CHA"


class AreaMovementKind(StrEnum):
    """What changes the size of a hazardous area; only these are ever added or subtracted.

    ``CONVERTED`` leaves the suspected area and ``CONFIRMED`` enters the confirmed one: survey draws
    the line anew, so the two sizes usually differ.
    """

    OPENING = "opening"
    NEW = "new"
    CONFIRMED = "confirmed"
    CONVERTED = "converted"
    CANCELLED = "cancelled"
    REDUCED = "reduced"
    CLEARED = "cleared"
    REMEASURED_PLUS = "remeasured_plus"
    REMEASURED_MINUS = "remeasured_minus"
    TRANSFERRED_IN = "transferred_in"
    TRANSFERRED_OUT = "transferred_out"
    CORRECTION_PLUS = "correction_plus"
    CORRECTION_MINUS = "correction_minus"
    COUNTED = COUNTED


class StockMovementKind(StrEnum):
    """What changes the stockpile (Articles 4 and 7.1(b), (g))."""

    OPENING = "opening"
    FOUND = "found"
    TRANSFERRED_IN = "transferred_in"
    RETURNED_FROM_RETAINED = "returned_from_retained"
    DESTROYED = "destroyed"
    SET_ASIDE = "set_aside"
    TRANSFERRED_OUT = "transferred_out"
    CORRECTION_PLUS = "correction_plus"
    CORRECTION_MINUS = "correction_minus"
    COUNTED = COUNTED


class StockPool(StrEnum):
    """The declared stockpile, or stock found after the deadline (Form B part 2, Form G part 3)."""

    DECLARED = "declared"
    FOUND_LATE = "found_late"


class RetainedMovementKind(StrEnum):
    """What changes the mines retained under Article 3."""

    OPENING = "opening"
    SET_ASIDE_FROM_STOCK = "set_aside_from_stock"
    RECEIVED_TRANSFER = "received_transfer"
    LIFTED_FROM_MINEFIELD = "lifted_from_minefield"
    CONSUMED_TRAINING = "consumed_training"
    CONSUMED_RESEARCH = "consumed_research"
    DESTROYED_SURPLUS = "destroyed_surplus"
    TRANSFERRED_OUT_TRAINING = "transferred_out_training"
    TRANSFERRED_OUT_DESTRUCTION = "transferred_out_destruction"
    RENDERED_INERT = "rendered_inert"
    RETURNED_TO_STOCK = "returned_to_stock"
    CORRECTION_PLUS = "correction_plus"
    CORRECTION_MINUS = "correction_minus"
    COUNTED = COUNTED


class ReviewState(StrEnum):
    """How far a record has come: entered, verified by its office, accepted by the authority."""

    ENTERED = "entered"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class QuantityState(StrEnum):
    """Why a quantity on paper is a number, or is none."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    ZERO = "zero"
    NONE = "none"
    UNKNOWN = "unknown"
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"


LAND = LedgerRules(
    "land",
    {
        AreaMovementKind.OPENING: 1,
        AreaMovementKind.NEW: 1,
        AreaMovementKind.CONFIRMED: 1,
        AreaMovementKind.CONVERTED: -1,
        AreaMovementKind.CANCELLED: -1,
        AreaMovementKind.REDUCED: -1,
        AreaMovementKind.CLEARED: -1,
        AreaMovementKind.REMEASURED_PLUS: 1,
        AreaMovementKind.REMEASURED_MINUS: -1,
        AreaMovementKind.TRANSFERRED_IN: 1,
        AreaMovementKind.TRANSFERRED_OUT: -1,
        AreaMovementKind.CORRECTION_PLUS: 1,
        AreaMovementKind.CORRECTION_MINUS: -1,
    },
)

RELEASED = (AreaMovementKind.CANCELLED, AreaMovementKind.REDUCED, AreaMovementKind.CLEARED)
"""Land released is the sum of these three, and of nothing else (IMAS 07.11)."""

STOCK = LedgerRules(
    "stock",
    {
        StockMovementKind.OPENING: 1,
        StockMovementKind.FOUND: 1,
        StockMovementKind.TRANSFERRED_IN: 1,
        StockMovementKind.RETURNED_FROM_RETAINED: 1,
        StockMovementKind.DESTROYED: -1,
        StockMovementKind.SET_ASIDE: -1,
        StockMovementKind.TRANSFERRED_OUT: -1,
        StockMovementKind.CORRECTION_PLUS: 1,
        StockMovementKind.CORRECTION_MINUS: -1,
    },
)

RETAINED = LedgerRules(
    "retained",
    {
        RetainedMovementKind.OPENING: 1,
        RetainedMovementKind.SET_ASIDE_FROM_STOCK: 1,
        RetainedMovementKind.RECEIVED_TRANSFER: 1,
        RetainedMovementKind.LIFTED_FROM_MINEFIELD: 1,
        RetainedMovementKind.CONSUMED_TRAINING: -1,
        RetainedMovementKind.CONSUMED_RESEARCH: -1,
        RetainedMovementKind.DESTROYED_SURPLUS: -1,
        RetainedMovementKind.TRANSFERRED_OUT_TRAINING: -1,
        RetainedMovementKind.TRANSFERRED_OUT_DESTRUCTION: -1,
        RetainedMovementKind.RENDERED_INERT: -1,
        RetainedMovementKind.RETURNED_TO_STOCK: -1,
        RetainedMovementKind.CORRECTION_PLUS: 1,
        RetainedMovementKind.CORRECTION_MINUS: -1,
    },
)

AP_FAMILIES = ("APM", "APM_IMP")
"""Families of ordnance that the Convention counts: anti-personnel mines, improvised ones too."""

POSSIBLY_AP = (*AP_FAMILIES, "MINE_UNK", "UNK")
"""Families that make an area a mined area of the Convention: suspicion is enough (Article 2.5)."""
