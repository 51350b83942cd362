"""Somebody keys, and the machine is cut off at any moment: ``python tests/killed_desk.py 1000``.

Each time a program of its own keys records into a real register and tells what is safe; it is
killed without warning, and everything it told must be in the register. The test of drafts does
this some dozen times, this command as often as it is told.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from entry_samples import activity, area, forms, keyed, put, reopened
from registers import AUTHOR, new_store, unsound

from mineaction_desktop.services.content import Content
from mineaction_desktop.services.drafts import keep_draft, new_draft, open_drafts
from mineaction_desktop.services.editing import save
from mineaction_desktop.storage.store import Store

FIELDS = 6
_KILLS_PER_REGISTER = 50
_LONGEST = 0.4


@dataclass(frozen=True, slots=True)
class Told:
    """What the program said is safe: a draft, or a record once it is saved, up to a step."""

    draft: str
    record: str
    step: int
    is_saved: bool


def main(kills: int) -> int:
    """Kill as often as told; give the number of fields that were lost."""
    chance = random.Random(2)  # noqa: S311 - moments of dying, no secrets
    lost = fields = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINEACTION_RESCUE"] = f"{folder}/rescued"
        for turn in range(kills):
            if turn % _KILLS_PER_REGISTER == 0:
                path = _register(Path(folder), turn)
            told = _killed(path, chance.uniform(0, _LONGEST))
            lost += _missing(path, told)
            fields += len(told)
    print(f"{kills} kills, {fields} fields told to be safe, {lost} lost")  # noqa: T201 - a command
    return lost


def _register(folder: Path, turn: int) -> Path:
    with new_store(folder, f"register {turn}") as store:
        put(store, area())
        return store.path


def _killed(path: Path, after: float) -> list[Told]:
    """Have a program key into the register, kill it, and give what it told until then."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _key(path, writing)
        except BaseException:  # noqa: BLE001 - this process must end here, whatever happens
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = stream.read().split(b"\n")
    return [Told(**json.loads(line)) for line in lines[:-1]]


def _key(path: Path, pipe: int) -> None:
    """Key records field by field for ever, each field kept before the next one is begun."""
    with Store.open(path, AUTHOR, write=True) as store:
        for _ in count():
            content = activity(Content("hazardous_area", _area(store)))
            draft = new_draft(content, AUTHOR)
            for step in range(FIELDS):
                content = keyed(content, notes=f"step {step}")
                draft = replace(draft, content=content)
                keep_draft(store, draft)
                _tell(pipe, Told(draft.id, content.id, step, is_saved=False))
            save(store, forms(), content, draft_id=draft.id)
            _tell(pipe, Told(draft.id, content.id, FIELDS - 1, is_saved=True))


def _tell(pipe: int, told: Told) -> None:
    said = {name: getattr(told, name) for name in Told.__slots__}
    os.write(pipe, json.dumps(said).encode() + b"\n")


def _area(store: Store) -> str:
    with store.read() as reader:
        found = reader.connection.exec_driver_sql("SELECT id FROM hazardous_area").scalar_one()
    return str(found)


def _missing(path: Path, told: list[Told]) -> int:
    """How many of the last words of each record cannot be found in the register."""
    last = {one.record: one for one in told}
    with Store.open(path, AUTHOR, write=True) as store:
        assert unsound(store) == []
        with store.read() as reader:
            drafts = {one.id: one.content for one in open_drafts(reader)}
        return sum(not _is_there(store, one, drafts) for one in last.values())


def _is_there(store: Store, told: Told, drafts: dict[str, Content]) -> bool:
    if not told.is_saved and told.draft in drafts:
        found = drafts[told.draft]
    else:  # saved, perhaps in the moment before it could say so
        found = reopened(store, Content("land_activity", told.record))
    return int(str(found.values["notes"]).removeprefix("step ")) >= told.step


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
