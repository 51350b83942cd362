"""Work on registers for the background: opening, making, looking over.

Everything heavy is imported here at use, on the worker, after the window is on screen.
"""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import UserError

if TYPE_CHECKING:
    from mineaction_desktop.formdef.catalogue import Catalogue
    from mineaction_desktop.services.glance import Glance, Listed, YearStanding
    from mineaction_desktop.services.opening import Author, Store
    from mineaction_desktop.services.progress import Progress


@dataclass(frozen=True, slots=True)
class Opened:
    """A register that was opened; ``refusal`` says why it is open for reading only.

    ``copy`` is where it lies as it was, if it was brought up to date.
    """

    path: Path
    store: Store
    catalogue: Catalogue
    author: Author
    kinds: tuple[Listed, ...]
    refusal: UserError | None = None
    copy: Path | None = None


@dataclass(frozen=True, slots=True)
class NewState:
    """What a new register needs to be told."""

    path: Path
    name: str
    iso3: str
    entry_into_force: date


def author_named(name: str, office: str) -> tuple[str, str]:
    """Who works: as the preferences say, else the environment, else the login and the computer."""
    import platform  # noqa: PLC0415 - not before the window is drawn

    name, office = _seen(name), _seen(office)
    name = name.strip() or os.environ.get("MINEACTION_AUTHOR", "") or _login()
    office = office.strip() or os.environ.get("MINEACTION_OFFICE", "") or platform.node()
    return name, office or "-"


def _seen(text: str) -> str:
    """A name without what nobody sees in it; two such characters join letters in some scripts."""
    return "".join(one for one in text if one.isprintable() or one in "\u200c\u200d")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "-"


def open_register_here(path: Path, name: str, office: str, progress: Progress) -> Opened:
    """Open a register for writing, or for reading if that cannot be; ``UserError`` if neither.

    It is closed again if the job is to stop: another register may be wanted by then.
    """
    opened = _opened(path, name, office)
    try:
        progress(0, 0)
    except BaseException:
        opened.store.close()
        raise
    return opened


def _opened(path: Path, name: str, office: str) -> Opened:
    from mineaction_desktop.formdef.catalogue import load_catalogue  # noqa: PLC0415 - see above
    from mineaction_desktop.services.glance import listed  # noqa: PLC0415 - as well
    from mineaction_desktop.services.opening import Author, open_register  # noqa: PLC0415 - as well

    catalogue = load_catalogue()
    kinds = listed(catalogue)
    author = Author(*author_named(name, office))
    before = _copies(path)
    try:
        store = open_register(path, author, write=True)
    except UserError as refusal:
        return Opened(path, open_register(path, write=False), catalogue, author, kinds, refusal)
    bring_drafts_back(store, catalogue)
    copies = _copies(path) - before
    return Opened(path, store, catalogue, author, kinds, copy=next(iter(copies), None))


def bring_drafts_back(store: Store, catalogue: Catalogue) -> int:
    """Take drafts that lie in files into their register; those it cannot take stay where they are.

    Gives how many were taken.
    """
    from mineaction_desktop.services.drafts import take_all_rescued  # noqa: PLC0415 - see above

    try:
        return take_all_rescued(store, catalogue=catalogue)
    except (UserError, OSError):  # a full disk, for one; the list of unfinished records shows them
        return 0


def _copies(path: Path) -> set[Path]:
    """Copies of a register that were kept when it was brought up to date."""
    try:
        return {one for one in path.parent.iterdir() if one.name.startswith(f"{path.stem} before ")}
    except OSError:
        return set()


def make_register(new: NewState, name: str, office: str) -> Path:
    """Make an empty register."""
    from mineaction_desktop.services.opening import Author  # noqa: PLC0415 - see above
    from mineaction_desktop.services.registers import new_register  # noqa: PLC0415 - as well

    new_register(
        new.path,
        Author(*author_named(name, office)),
        name=new.name,
        iso3=new.iso3,
        entry_into_force=new.entry_into_force,
    )
    return new.path


def make_country(path: Path, progress: Progress) -> Path:
    """Make the made-up country."""
    from mineaction_desktop.services.registers import demo_register  # noqa: PLC0415 - see above

    demo_register(path, progress=progress)
    return path


def look_over(store: Store, catalogue: Catalogue) -> Glance:
    """What stands in the register."""
    from mineaction_desktop.services.overview import look  # noqa: PLC0415 - see above

    return look(store, catalogue)


def is_current(store: Store, catalogue: Catalogue, seen: Glance) -> bool:
    """Whether nothing was changed since a look; what cannot be read any more is not."""
    from mineaction_desktop.services.overview import is_current  # noqa: PLC0415 - see above

    try:
        return is_current(store, catalogue, seen)
    except UserError:
        return False


def check_over(store: Store, year: int) -> YearStanding:
    """What is open in a year."""
    from mineaction_desktop.services.overview import year_standing  # noqa: PLC0415 - see above

    with store.read() as reader:
        return year_standing(store, reader, year)


def index_words(store: Store, progress: Progress) -> None:
    """Let the search take in what was changed; stops where the job is cancelled."""
    from mineaction_desktop.services.searching import catch_up  # noqa: PLC0415 - see above

    def stopped() -> bool:
        progress(0, 0)  # raises if the job is to stop
        return False

    catch_up(store, stopped=stopped)


def states() -> list[tuple[str, str]]:
    """The code and the name of every State."""
    from mineaction_desktop.formdef.catalogue import load_catalogue  # noqa: PLC0415 - see above

    choices = load_catalogue().choices("country").choices.values()
    return [(choice.code, choice.label) for choice in choices]
