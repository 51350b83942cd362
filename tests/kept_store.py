"""Make the register that stands for today's schema: ``python tests/kept_store.py``.

Run it once when a version with a new schema is released and keep the file it writes for good:
the tests open every one of them, so that no backup is ever left behind.
"""

from __future__ import annotations

import datetime as dt
import gzip
import sys
import tempfile
from pathlib import Path

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records.land import AreaMovement, HazardousArea
from mineaction_desktop.records.people import PersonIdentity, Survivor
from mineaction_desktop.records.reference import AdminUnit, OrdnanceType, Organisation, StateProfile
from mineaction_desktop.records.stocks import StockMovement
from mineaction_desktop.storage.schema import HEAD
from mineaction_desktop.storage.store import Author, Store, Writer

AUTHOR = Author("records officer", "North office")
PASSPHRASE = "correct horse"  # noqa: S105 - of a register without secrets
NAME = "Layla al-Masri"
STORES = Path(__file__).parent / "stores"


def main() -> Path:
    """Write the register, compressed, among those of earlier versions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{HEAD}.mineaction"
        with Store.create(path, AUTHOR, purpose="exercise") as store, store.unlock(PASSPHRASE):
            with store.write("kept for later versions") as writer:
                _state(writer)
                _land(writer)
                _people(writer)
            with store.write() as writer:
                _stocks(writer)
        kept = STORES / f"{path.name}.gz"
        kept.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return kept


def _state(writer: Writer) -> None:
    force = dt.date(2001, 3, 1)
    writer.add(StateProfile(name="Valdoria", iso3="XVA", entry_into_force=force))
    writer.add(Organisation(name="Valdorian Army", aliases=["VA"], extra={"code": 7}))


def _land(writer: Writer) -> None:
    north = AdminUnit(name="North", name_local="الشمال", level=1)
    writer.add(north)
    writer.add(AdminUnit(name="Upper valley", level=2, parent_id=north.id))
    area = HazardousArea(area_class="CHA", latitude=33.25, longitude=44.5, admin_unit_id=north.id)
    writer.add(area)
    rows = [
        {"kind": kind, "date": PartialDate.parse(date), "area_m2": size}
        for kind, date, size in [("new", "2019", 125_000), ("cleared", "2020-05-17", 40_000)]
    ]
    own = {"area_class": "CHA", "hazardous_area_id": area.id}
    writer.add_rows(AreaMovement.__tablename__, [row | own for row in rows])
    writer.hide(area, "counted twice")


def _people(writer: Writer) -> None:
    registered = PartialDate.parse("2020-03")
    person = Survivor(victim_type="direct", sex="f", consent="yes", registered_on=registered)
    writer.add(person)
    writer.add(PersonIdentity(survivor_id=person.id, full_name=NAME))


def _stocks(writer: Writer) -> None:
    mine = OrdnanceType(name="PMN", family="ap_mine", mass_g=550.0)
    writer.add(mine)
    opening = PartialDate.parse("2001-03-01")
    movement = StockMovement(
        date=opening, kind="opening", pool="declared", ordnance_type_id=mine.id, quantity=4900
    )
    writer.add(movement)
    writer.session.flush()
    movement.quantity = 5000


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
