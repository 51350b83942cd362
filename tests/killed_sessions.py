"""An entry session is cut off at any moment: ``python tests/killed_sessions.py 1000``.

Each time the editor of the program is opened on a real register in a process of its own, keys
are pressed in it, and it tells each field on a pipe as soon as the program says that it is kept. It
is killed without warning; everything it told must then be in the register, in a draft or in a
saved record, and the register must be sound. What every process needs is imported once, and each
is a fork of this one.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is asked for a window
os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # what this platform cannot do

from entry_keys import Window
from entry_samples import area, forms, put, record
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from registers import AUTHOR, new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.content import Content
from mineaction_desktop.services.drafts import open_drafts
from mineaction_desktop.services.editing import open_record
from mineaction_desktop.services.rescue import rescued
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.storage.store import Reader, Store
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.desk import Session, open_desk
from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.sheet import Spot

KEYED = {
    "kind": "manual clearance",
    "organisation_id": "army",
    "team": "Team {n}",
    "hazardous_area_id": "North",
    "admin_unit_id": "north",
    "position_text": "34.5{n:04}, 69.1717",
    "start_date": "3.2.2025",
    "end_date": "5.2.2025",
    "status": "completed",
    "area_movement.kind": "cleared",
    "area_movement.area_class": "CHA",
    "area_movement.date": "5.2.2025",
    "area_movement.area_m2": "1{n}",
    "device_found.date": "4.2.2025",
    "device_found.family": "ap_mine",
    "device_found.quantity": "{n}",
    "device_found.destroyed": "1",
    "processed_area_m2": "2{n}",
    "standard_applied": "Standard {n}",
    "notes": "Paper {n}",
}
"""What is typed into the fields of an activity, each once; the others are passed over."""

NEEDED = frozenset({"kind", "hazardous_area_id", "start_date"})
"""Fields without which no activity can be saved; of the rest each record has about half."""

LATE = 0.5
"""For how many seconds the editor may work on before a field that was left is kept."""

LONGEST = 1.8
"""How long after the first field a process lives at most, in seconds: one record or two."""

_NORTH = record("admin_unit", name="Northern province", level=1)
_PER_REGISTER = 40
_PATIENCE = 60.0
_SOME = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """A field that somebody left, what it held when it was kept, and how long that took."""

    record: str
    row: str
    field: str
    value: str
    waited: float


def main(kills: int, seed: int = 7) -> int:
    """Kill as often as told; give the number of fields that were lost."""
    chance = random.Random(seed)  # noqa: S311 - moments of dying, no secrets
    lost = fields = 0
    longest = 0.0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINEACTION_RESCUE"] = f"{folder}/rescued"
        forms()
        for turn in range(kills):
            if turn % _PER_REGISTER == 0:
                path = _register(Path(folder), turn)
            told = _killed(path, Path(folder), chance.uniform(0, LONGEST))
            lost += sum(1 for _ in _missing(path, told))
            fields += len(told)
            longest = max([longest, *(one.waited for one in told)])
    took = time.monotonic() - began
    print(f"{kills} kills in {took:.0f} s; no field waited longer than {longest * 1000:.0f} ms")  # noqa: T201 - a command
    print(f"lost: {lost} of {fields} committed fields")  # noqa: T201 - a command
    return lost


def _register(folder: Path, turn: int) -> Path:
    with new_store(folder, f"register {turn}") as store:
        for one in (area(), record("organisation", name="Army"), _NORTH):
            put(store, one)
        return store.path


def _killed(path: Path, folder: Path, after: float) -> list[Told]:
    """Have a process key into the register, kill it, and give what it told until then."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _key(path, folder, writing)
        except BaseException:  # noqa: BLE001 - this process must end here, whatever happens
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        is_keying = bool(select.select([stream], [], [], _PATIENCE)[0])
        time.sleep(after)
        has_ended = os.waitpid(child, os.WNOHANG)[0] != 0
        if not has_ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        lines = stream.read().split(b"\n")
    if has_ended or not is_keying:
        raise RuntimeError(path)  # a session that ends by itself proves nothing
    return [Told(**json.loads(line)) for line in lines[:-1]]


class _Teller:
    """Tells what is kept: every field that was left and has another value than last told."""

    def __init__(self, screen: EditorScreen, pipe: int) -> None:
        self._screen, self._pipe = screen, pipe
        self._record = ""
        self._left: dict[Spot, float] = {}
        self._worked: dict[Spot, float] = {}
        self._told: dict[Spot, str] = {}

    def left(self, spot: Spot) -> None:
        """The cursor is about to leave a field that was typed into."""
        record = self._screen.work.draft.sheet.id
        if record != self._record:
            self._record, self._left, self._worked, self._told = record, {}, {}, {}
        now = time.process_time()  # what others do on this machine keeps nobody waiting
        late = [one for one, at in self._worked.items() if one not in self._told and now > at]
        if late:
            raise RuntimeError(late)  # ends the session, which the one who kills takes for a fault
        self._left[spot], self._worked[spot] = time.monotonic(), now + LATE

    def tell(self, *_: object) -> None:
        """The record is on the disk as it stands."""
        sheet = self._screen.work.draft.sheet
        for spot, at in self._left.items() if sheet.id == self._record else ():
            cell = sheet.cell(spot)
            value = cell.text if cell.text is not None else str(cell.value)
            if self._told.get(spot) != value:
                self._told[spot] = value
                told = Told(sheet.id, spot.row, spot.field, value, time.monotonic() - at)
                os.write(self._pipe, json.dumps(asdict(told)).encode() + b"\n")


def _key(path: Path, folder: Path, pipe: int) -> None:
    """Key one activity after the other for ever, and tell each field when it has been left."""
    app = QApplication(["mineaction-desktop"])
    looks.register_fonts()
    looks.dress(app, "light", 100)
    settings = SettingsFile(folder / "settings.json")
    with Store.open(path, AUTHOR, write=True) as store:
        session = Session(open_desk(settings), store, forms(), AUTHOR, path)
        screen = EditorScreen(session, "land_activity")
        window = Window(screen)
        window.resize(1040, 640)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        screen.place_focus()
        teller = _Teller(screen, pipe)
        session.kept.connect(teller.tell)
        for n in count(os.getpid() % 1000 * 10 + 1):
            _key_record(screen, n, teller)


def _key_record(screen: EditorScreen, n: int, teller: _Teller) -> None:
    """Go through the form with Enter, typing as the table says, and save at its end."""
    chance = random.Random(n)  # noqa: S311 - as above
    entered = {kind for kind in ("area_movement", "device_found") if chance.random() < _SOME}
    texts = {
        name: text.format(n=n)
        for name, text in KEYED.items()
        if name in NEEDED or "." in name or chance.random() < _SOME
    }
    for _ in range(120):
        stop, spot = screen.form.current(), screen.form.spot()
        if stop is None:
            break
        if isinstance(stop, ChildGrid) and stop.group.kind not in entered:
            entered.add(stop.group.kind)
            _press(Qt.Key.Key_F3)
            continue
        field = spot.field if spot else ""
        name = f"{stop.group.kind}.{field}" if isinstance(stop, ChildGrid) else field
        text = texts.pop(name, "")
        _type(text)
        if spot is not None and text:
            teller.left(spot)
        _press(Qt.Key.Key_Return)
    record = screen.work.draft.sheet.id
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if screen.work.draft.sheet.id == record:  # something is missing in it: it stays a draft
        _press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def _type(text: str) -> None:
    QTest.keyClicks(_focus(), text)
    QApplication.processEvents()


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focus(), key, modifiers)
    QApplication.processEvents()


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _missing(path: Path, told: list[Told]) -> Iterator[Told]:
    """What was told and cannot be found in the register, which must be sound."""
    last = {(one.record, one.row, one.field): one for one in told}
    with Store.open(path, AUTHOR, write=True) as store:
        assert unsound(store) == []
        with store.read() as reader:
            found = {one.record: _found(reader, one.record) for one in last.values()}
    for one in last.values():
        held = found[one.record].get((one.row, one.field))
        if held != one.value:
            print("lost:", one, "but held:", held)  # noqa: T201 - a command
            yield one


def _found(reader: Reader, record: str) -> dict[tuple[str, str], str]:
    """All fields of a record as the register holds it: the draft, or its file, if there is one."""
    texts: dict[tuple[str, str], str] = {}
    begun = [*open_drafts(reader), *(one.draft for one in rescued())]
    mine = [one for one in begun if one.content.id == record]
    if mine:
        draft = max(mine, key=lambda one: one.kept_at)
        content: Content = draft.content
        for key, text in draft.texts.items():
            spot = Spot.of(key)
            texts[spot.row, spot.field] = text
    else:
        try:
            content = open_record(reader, forms(), "land_activity", record)
        except UserError:
            return {}
    values = {("", name): str(value) for name, value in content.values.items()}
    for rows in content.groups.values():
        for row in rows:
            values |= {(row.id, name): str(value) for name, value in row.values.items()}
    return values | texts


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
