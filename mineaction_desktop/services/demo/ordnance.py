"""Types of ordnance: those of the catalogue, and the one mine the made-up country made itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from mineaction_desktop.paths import resources_dir
from mineaction_desktop.services.demo.book import Book

OWN_MINE = "TB-4"
"""A model that does not exist, so that the form on types produced has something to show."""


def add_types(book: Book) -> Mapping[str, str]:
    """Write the types of the catalogue and the country's own; return ids by readable number."""
    path = resources_dir() / "catalogue" / "ordnance_types.toml"
    with path.open("rb") as file:
        catalogue = tomllib.load(file)
    ids = {
        entry["local_id"]: book.add("ordnance_type", **entry)
        for entry in catalogue["ordnance_type"]
    }
    ids[OWN_MINE] = book.add(
        "ordnance_type",
        local_id=OWN_MINE,
        name=OWN_MINE,
        aliases=["TB 4", "TB4"],
        family="APM",
        mine_class="blast",
        activation=["pressure"],
        victim_activated=True,
        command_only=False,
        is_container=False,
        diameter_mm=96.0,
        height_mm=58.0,
        mass_g=420.0,
        fusing="Pressure plate with spring striker and shear pin",
        operating_force="80 to 140 N",
        explosive_type="TNT",
        explosive_g=180.0,
        metal_class="low",
        metal_text="Striker, spring and detonator cup, about 6 g",
        identification=(
            "Round, dark green plastic with four ribs on the cover and the letters TB cast "
            "underneath. A made-up model: it exists in this training register only."
        ),
        produced_here=True,
        confidence="confident",
    )
    return ids
