"""What is right as it stands, and has to be explained in the report of the last year."""

from __future__ import annotations

from mineaction_desktop.services.demo.flaw import Flaw
from mineaction_desktop.services.demo.ordnance import OWN_MINE
from mineaction_desktop.services.demo.register import Generated


def flaws(found: Generated) -> list[Flaw]:
    """Return the explanations that nobody has written yet."""
    return [
        Flaw(
            "V-D-08",
            "Mines without fuze were explained in every earlier year and are not in the last one.",
            (),
            found.id_of("ordnance_type", OWN_MINE),
        ),
        Flaw(
            "V-GEN-09",
            "The corrected map made a submitted total wrong, and no explanation says so.",
            (),
            "2024/areas_known",
        ),
    ]
