"""A small register with something to report, for the tests of submissions."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import select

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records.reference import ContactPoint, OrdnanceType, StateProfile
from mineaction_desktop.records.stocks import StockMovement
from mineaction_desktop.services.registers import new_register
from mineaction_desktop.storage.store import Author, Store

AUTHOR = Author("records officer", "North office")
LOT = "L-1"


def stock_register(folder: Path) -> Path:
    """A State with 5,000 mines at entry into force, of which 40 were destroyed in each year."""
    path = folder / "register.mineaction"
    path.write_bytes(_made())
    return path


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _make(Path(folder) / "register.mineaction").read_bytes()


def _make(path: Path) -> Path:
    new_register(path, AUTHOR, name="Sandovia", iso3="XSA", entry_into_force=date(2021, 3, 1))
    with Store.open(path, AUTHOR, write=True) as store, store.write("stock") as writer:
        mine = writer.session.scalars(select(OrdnanceType).order_by(OrdnanceType.local_id)).first()
        assert mine is not None
        state = writer.session.scalars(select(StateProfile)).one()
        writer.add(
            ContactPoint(state_profile_id=state.id, organisation="Ministry", email="m@x.org")
        )
        own = {"pool": "declared", "ordnance_type_id": mine.id, "lot": LOT}
        dated = [("opening", "2021-03-01", 5000)]
        dated += [("destroyed", f"{year}-06-05", 40) for year in (2022, 2023, 2024)]
        rows = [
            {"kind": kind, "date": PartialDate.parse(day), "quantity": quantity}
            for kind, day, quantity in dated
        ]
        writer.add_rows("stock_movement", [row | own for row in rows])
    return path


def correct(path: Path, day: str, quantity: int, reason: str = "the certificate says so") -> str:
    """Correct the movement of a day, as an officer would, and return its readable number."""
    with Store.open(path, AUTHOR, write=True) as store, store.write(reason) as writer:
        moved = writer.session.scalars(
            select(StockMovement).where(StockMovement.date == PartialDate.parse(day))
        ).one()
        moved.quantity = quantity
        return moved.local_id
