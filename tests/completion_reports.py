"""Ten clearance completion reports as they come in on paper, one team's month after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Released:
    """A line of “area released”: what was done, and how much as it stands on the paper."""

    how: str
    area: str
    m2: int
    whole_areas: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A line of “ordnance found”: family, model, how many, how many of them destroyed."""

    family: str
    model: str
    quantity: int
    destroyed: int


@dataclass(frozen=True, slots=True)
class CompletionReport:
    """One paper. ``area`` is the number of the hazardous area without its zeros."""

    area: str
    district: str
    position: str
    start: str
    end: str
    released: tuple[Released, ...]
    found: tuple[Found, ...]
    depth: str = "20"


REPORTS = (
    CompletionReport(
        "42",
        "Asterlo",
        "-49.564371, -129.299448",
        "030225",
        "280225",
        (Released("cleared", "1.24 ha", 12_400),),
        (Found("apm", "pmd-6", 14, 14), Found("uxo_g", "", 2, 2)),
    ),
    CompletionReport(
        "92",
        "Asterlo",
        "49°33.837'S 129°28.931'W",
        "030325",
        "280325",
        (Released("cleared", "21500", 21_500),),
        (Found("apm", "pmn-2", 31, 31),),
    ),
    CompletionReport(
        "43",
        "Ismorel",
        "49 49 27.1 S 126 16 23.4 W",
        "010425",
        "290425",
        (Released("cleared", "18 000 m2", 18_000), Released("reduced", "0.9 ha", 9_000)),
        (Found("apm", "pmn-2", 22, 20),),
    ),
    CompletionReport(
        "45",
        "Ismorel",
        "-50.252226 -126.521625",
        "050525",
        "300525",
        (Released("cleared", "7350", 7_350),),
        (Found("apm", "pmn", 9, 9), Found("avm", "", 1, 1)),
    ),
    CompletionReport(
        "46",
        "Melkuro",
        "50.5678 S, 126.98548 W",
        "020625",
        "270625",
        (Released("cleared", "2 ha", 20_000), Released("cancelled", "0.5 ha", 5_000)),
        (Found("apm", "pmn-2", 17, 17),),
    ),
    CompletionReport(
        "47",
        "Melkuro",
        "-50.444744, -126.740464",
        "300625",
        "250725",
        (Released("cleared", "25797", 25_797, "1"),),
        (Found("apm", "tb-4", 40, 40), Found("apm", "pmn", 3, 3)),
    ),
    CompletionReport(
        "48",
        "Rendoba",
        "-50.014154, -127.864105",
        "040825",
        "290825",
        (Released("cleared", "12 dunum", 12_000),),
        (Found("apm", "pomz-2m", 6, 6),),
    ),
    CompletionReport(
        "65",
        "Rendoba",
        "-49.827629, -127.808156",
        "010925",
        "260925",
        (Released("cleared", "9800", 9_800),),
        (Found("apm", "pomz-2m", 4, 4), Found("uxo_m", "", 3, 3)),
    ),
    CompletionReport(
        "66",
        "Haldero",
        "-50.261656, -127.617537",
        "290925",
        "241025",
        (Released("cleared", "1.5 ha", 15_000),),
        (Found("apm", "pmn-2", 11, 11),),
    ),
    CompletionReport(
        "67",
        "Ostembal",
        "-50.923854, -127.937438",
        "271025",
        "211125",
        (Released("cleared", "0.031 km2", 31_000),),
        (Found("apm", "pmn-2", 26, 25),),
    ),
)

CLEARED = sum(r.m2 for one in REPORTS for r in one.released if r.how == "cleared")
MINES_FOUND = sum(f.quantity for one in REPORTS for f in one.found if f.family == "apm")
MINES_DESTROYED = sum(f.destroyed for one in REPORTS for f in one.found if f.family == "apm")
