"""Types of ordnance: those of the catalogue, and the one mine the made-up country made itself.

The types that the country holds are described to the last field: its engineer school measured them.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from mineaction_desktop.paths import resources_dir
from mineaction_desktop.services.demo.book import Book, Row
from mineaction_desktop.services.demo.pictures import Shape, drawn

OWN_MINE = "TB-4"
"""A model that does not exist, so that the form on types produced has something to show."""

PICTURE_TITLE = "Drawing for training; the bar is 5 cm long"


@dataclass(frozen=True, slots=True)
class _Measured:
    """What the catalogue leaves open about a type."""

    shape: Shape
    more: Row = field(default_factory=dict)

    @property
    def sizes(self) -> Row:
        """The dimensions as the register holds them."""
        shape = self.shape
        if shape.is_round:
            return {"diameter_mm": shape.length, "height_mm": shape.height}
        sides = {"length_mm": shape.length, "width_mm": shape.width}
        return {**sides, "height_mm": shape.height}


def _round(diameter: float, height: float, **more: object) -> _Measured:
    return _Measured(Shape(diameter, diameter, height), more)


_HELD: Mapping[str, _Measured] = {
    "PMN": _round(112.0, 56.0),
    "PMN-2": _round(120.0, 54.0),
    "POMZ-2M": _round(60.0, 107.0),
    "OZM-72": _round(
        108.0, 172.0, activation=["pull"], fusing="Pull fuze with tripwire, on a stake"
    ),
    "PMD-6": _Measured(Shape(196.0, 87.0, 50.0, is_round=False)),
    OWN_MINE: _round(96.0, 58.0),
}
"""The types that are in stock or retained, as measured on their own mines, to the millimetre."""


def add_types(book: Book) -> Mapping[str, str]:
    """Write the types of the catalogue and the country's own; return ids by readable number."""
    path = resources_dir() / "catalogue" / "ordnance_types.toml"
    with path.open("rb") as file:
        catalogue: list[Row] = tomllib.load(file)["ordnance_type"]
    entries = {str(entry["local_id"]): entry for entry in (*catalogue, _OWN)}
    for model, measured in _HELD.items():
        photo = {"photo_id": _add_picture(book, model)}
        entries[model] = {**entries[model], **measured.sizes, **measured.more, **photo}
    return {model: book.add("ordnance_type", **entry) for model, entry in entries.items()}


@cache
def picture(model: str) -> bytes:
    """The drawing that stands in for the photograph of a type, as a PNG file."""
    return drawn(_HELD[model].shape)


def _add_picture(book: Book, model: str) -> str:
    content = picture(model)
    return book.add(
        "attachment",
        title=PICTURE_TITLE,
        kind="photograph",
        subject_kind="ordnance_type",
        subject_local_id=model,
        file_name=f"{model}.png",
        media_type="image/png",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        description=f"Outline of {model}, drawn to scale from its dimensions.",
    )


_OWN: Row = {
    "local_id": OWN_MINE,
    "name": OWN_MINE,
    "aliases": ["TB 4", "TB4"],
    "family": "APM",
    "mine_class": "blast",
    "activation": ["pressure"],
    "victim_activated": True,
    "command_only": False,
    "is_container": False,
    "mass_g": 420.0,
    "fusing": "Pressure plate with spring striker and shear pin",
    "operating_force": "80 to 140 N",
    "explosive_type": "TNT",
    "explosive_g": 180.0,
    "metal_class": "low",
    "metal_text": "Striker, spring and detonator cup, about 6 g",
    "identification": (
        "Round, dark green plastic with four ribs on the cover and the letters TB cast "
        "underneath. A made-up model: it exists in this training register only."
    ),
    "produced_here": True,
    "confidence": "confident",
}
