"""A register of an older version is brought up to date by a call that succeeds, and by no other."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from kept_store import STORES

from mineaction_desktop.cli.main import run
from mineaction_desktop.storage.store import Store

WRONG = [
    pytest.param(["import", "nowhere.csv"], 2, id="no such file"),
    pytest.param(["import", "table.csv", "--as", "mine_field"], 2, id="no such kind"),
    pytest.param(["import", "table.csv", "--mapping", "no.toml"], 2, id="no such mapping"),
    pytest.param(["import", "wrong.csv", "--as", "organisation"], 2, id="a wrong row"),
    pytest.param(["undo-import", "0" * 32], 2, id="no such batch"),
    pytest.param(["attach", "nowhere.png", "--title", "T"], 2, id="nothing to attach"),
    pytest.param(["attach", "table.csv", "--title", "T", "--to", "HA-9"], 2, id="no such record"),
    pytest.param(["submit", "--year", "2020", "--layout", "x"], 2, id="no such layout"),
    pytest.param(["submit", "--year", "1999"], 2, id="before entry into force"),
    pytest.param(["submit", "--year", "2020", "--enter", "table.csv"], 2, id="no figures"),
    pytest.param(["submit", "--year", "2020"], 3, id="open problems"),
]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of the first version, with a right and a wrong table beside it."""
    path = tmp_path / "old.mineaction"
    path.write_bytes(gzip.decompress((STORES / "0001.mineaction.gz").read_bytes()))
    (tmp_path / "table.csv").write_text("name,roles\nSalvage Unit,operator\n", "utf-8")
    (tmp_path / "wrong.csv").write_text("name,roles\nSalvage Unit,no role at all\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("words", "code"), WRONG)
def test_a_call_that_fails_leaves_an_older_register_as_it_was(
    old: Path, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(old.parent)
    verb, *rest = words
    assert run([verb, str(old), *rest, "--json"]) == code
    told = json.loads(capsys.readouterr().out)["error"]
    assert told
    assert "mineaction-" not in told
    assert state(old.parent) == before


def test_a_call_that_succeeds_brings_it_up_to_date_and_keeps_a_copy(old: Path) -> None:
    before = old.read_bytes()
    assert run(["import", str(old), "table.csv", "--as", "organisation"]) == 0
    (copy,) = old.parent.glob("old before *.mineaction")
    assert old.read_bytes() != before
    with Store.open(copy) as store, Store.open(old) as now:
        assert store.info.id == now.info.id
        with now.read() as reader, store.read() as earlier:
            assert reader.change_number == earlier.change_number + 1
