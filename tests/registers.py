"""Registers and records that the tests of the store share."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.records.people import PersonIdentity, Survivor
from mineaction_desktop.records.reference import AdminUnit, OrdnanceType, Organisation
from mineaction_desktop.records.stocks import StockMovement
from mineaction_desktop.services.history import verify_register
from mineaction_desktop.storage.store import Author, Store

AUTHOR = Author("records officer", "North office")


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.mineaction"
        Store.create(path, AUTHOR).close()
        return path.read_bytes()


def new_store(folder: Path, name: str = "register") -> Store:
    """Return an empty register open for writing; copied, because making one takes longer."""
    path = folder / f"{name}.mineaction"
    path.write_bytes(_empty())
    return Store.open(path, AUTHOR, write=True)


def organisation(name: str = "Army", **values: object) -> Organisation:
    return Organisation(name=name, **values)  # type: ignore[arg-type]  # any field of the kind


def ordnance_type(name: str = "PMN") -> OrdnanceType:
    return OrdnanceType(name=name, family="ap_mine", aliases=["Black widow"], mass_g=550.0)


def stock_movement(of: OrdnanceType, quantity: int = 5, date: str = "2019") -> StockMovement:
    return StockMovement(
        date=PartialDate.parse(date),
        kind="opening",
        pool="declared",
        ordnance_type_id=of.id,
        quantity=quantity,
    )


def admin_unit(name: str = "Northern province") -> AdminUnit:
    return AdminUnit(name=name, level=1)


def survivor() -> Survivor:
    registered = PartialDate.parse("2020-03")
    return Survivor(victim_type="direct", sex="f", consent="yes", registered_on=registered)


def identity(of: Survivor, full_name: str) -> PersonIdentity:
    return PersonIdentity(survivor_id=of.id, full_name=full_name)


def behind_the_back(path: Path, *statements: str) -> None:
    """Change a register as somebody would who has a database tool."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def dump(path: Path) -> list[str]:
    """Everything in a file, as statements."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def beside(path: Path) -> set[str]:
    """The names of the files in the register's folder."""
    return {found.name for found in path.parent.iterdir()}


def unsound(store: Store) -> list[Problem]:
    """What is wrong with a register, apart from belonging to no State as those made here do."""
    return [found for found in verify_register(store).problems if found.code != "STORE-006"]
