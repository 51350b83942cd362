"""A new record kind costs a record, a form and a migration; everything else works at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from mineaction_desktop.services.registers import demo_register

FORM = """
format = 1
kind = "dog_team"
title = "Dog team"
plural = "Dog teams"
subject = "land"
help = "A mine detection dog and its handler, accredited together."
label = "{local_id} {name}"
list_columns = ["local_id", "name", "organisation_id"]
code = "DOG"

[[sections]]
id = "team"
title = "Team"

[[sections.fields]]
name = "name"
label = "Name of the team"
aliases = ["Team"]

[[sections.fields]]
name = "organisation_id"
label = "Operator"

[[sections.fields]]
name = "trained_on"
label = "Trained on"

[[sections.fields]]
name = "searched_m2"
label = "Area searched"

[[rules]]
code = "DOG-001"
check = "searched_m2 > 0"
field = "searched_m2"
message = "A team that searched nothing is not recorded."
severity = "error"
"""

NATIONAL = """
format = 1
extends = "organisation"

[[sections]]
id = "national"
title = "National register"

[[sections.fields]]
name = "tax_number"
label = "Tax number"
extra = true
type = "integer"
minimum = 1
"""

SCRIPT = """
    import json
    from pathlib import Path
    from sqlalchemy.orm import Mapped
    from mineaction_desktop.domain.dates import PartialDate
    from mineaction_desktop.domain.problems import UserError
    from mineaction_desktop.records import Record, columns as c
    from mineaction_desktop.services.exporting import export
    from mineaction_desktop.services.history import trail_entries, verify_register
    from mineaction_desktop.services.importing import import_table
    from mineaction_desktop.storage.migrations import make
    from mineaction_desktop.storage.schema import VERSIONS, Schema
    from mineaction_desktop.storage.store import Author, Store

    class DogTeam(Record, kw_only=True):
        prefix = "DOG"
        name: Mapped[str] = c.text(required=True)
        organisation_id: Mapped[str | None] = c.link("organisation")
        trained_on: Mapped[PartialDate | None] = c.partial_date()
        searched_m2: Mapped[int | None] = c.area()

    versions = Path("versions")
    versions.mkdir()
    make.make("9001_dog_teams", versions, after=(VERSIONS,))
    later = Schema("9001", (VERSIONS, versions))
    author = Author("tester", "test office")
    with Store.open(Path("demo.mineaction"), author, write=True, schema=later) as store:
        operator = json.loads(Path("operator.json").read_text())
        Path("bad.csv").write_text("Team,Area searched\\nRex,0\\n,12 ha\\n", "utf-8")
        try:
            import_table(store, Path("bad.csv"), kind="dog_team")
        except UserError as error:
            codes = [(p.code, p.place.row) for p in error.problems]
        Path("teams.csv").write_text(
            "Team;Operator;Trained on;Area searched\\n"
            f'Rex;{operator};2024-05;"1,5 ha"\\nBella;{operator};2023;2000\\n', "utf-8")
        result = import_table(store, Path("teams.csv"), kind="dog_team")
        Path("operators.csv").write_text(f"Name,Tax number\\nNew operator,77\\n", "utf-8")
        import_table(store, Path("operators.csv"), kind="organisation")
        export(store, Path("teams.xlsx"), kind="dog_team", edition="internal")
        export(store, Path("teams.json"), kind="dog_team", edition="internal")
        verified = verify_register(store)
        entry = trail_entries(store, record="DOG-000001")[0]
        print(json.dumps({
            "codes": codes,
            "created": dict(result.created),
            "problems": [str(p.message) for p in verified.problems],
            "area": entry.changes["searched_m2"][1],
            "trained": entry.changes["trained_on"][1],
            "exported": Path("teams.json").read_text("utf-8").count("DOG-00000"),
            "extra": [e.changes["extra"][1] for e in trail_entries(store, last=1)],
        }))
"""


def test_a_new_kind_costs_a_record_a_form_and_a_migration(tmp_path: Path) -> None:
    demo_register(tmp_path / "demo.mineaction")
    (tmp_path / "forms" / "entry").mkdir(parents=True)
    (tmp_path / "forms" / "entry" / "dog_team.toml").write_text(FORM, "utf-8")
    (tmp_path / "forms" / "entry" / "organisation_national.toml").write_text(NATIONAL, "utf-8")
    (tmp_path / "operator.json").write_text('"ORG-000001"', "utf-8")
    said = _run(tmp_path, "-c", textwrap.dedent(SCRIPT))
    assert said["codes"] == [["DOG-001", 2], ["FIELD-001", 3]]
    assert said["created"] == {"dog_team": 2}
    assert said["problems"] == []
    assert (said["area"], said["trained"]) == (15_000, "2024-05")
    assert said["exported"] == 2
    assert said["extra"] == [{"tax_number": 77}]


def test_a_new_kind_is_keyed_in_the_window_by_keyboard_alone(tmp_path: Path) -> None:
    demo_register(tmp_path / "demo.mineaction")
    (tmp_path / "forms" / "entry").mkdir(parents=True)
    (tmp_path / "forms" / "entry" / "dog_team.toml").write_text(FORM, "utf-8")
    said = _run(tmp_path, str(Path(__file__).with_name("new_kind_desk.py")))
    assert said["name"] == "Rex"
    assert said["has_operator"]
    assert (said["trained_on"], said["searched_m2"]) == ("2024-05", "15000")
    assert [row[:2] for row in said["found"]] == [["DOG-000001", "Rex"]]
    assert said["back"] == said["found"]
    assert any("tester" in line for line in said["history"])
    assert any("Rex" in line for line in said["history"])
    assert said["problems"] == []


def _run(folder: Path, *words: str) -> dict[str, Any]:
    """What a process of its own said last, with the forms of a folder."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", *words],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "MINEACTION_FORMS": str(folder / "forms"),
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found
