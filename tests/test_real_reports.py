"""The report of published figures says what the States published, and names what does not close."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mineaction_desktop.domain.states import State
from mineaction_desktop.records.reference import StateProfile
from mineaction_desktop.reports.document import Choices, Report, Row, RowRole, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.services.importing import import_table
from mineaction_desktop.services.registers import new_register
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.store import Author, Store

REAL = Path(__file__).parent / "real"
THAILAND = [
    ("RTAFOD", "M 14", 575, "LOT.NO.LOP-15-32"),
    ("RTAOD", "M 26", 1601, State.UNKNOWN),
    ("RTAOD", "Type 72", 94, State.UNKNOWN),
    ("RTAOD", "PMN", 4, State.UNKNOWN),
    ("RTAOD", "Type 69", 800, State.UNKNOWN),
    ("TBPPH", "M 14", 12, State.UNKNOWN),
    ("TBPPH", "M 16 E3", 7, State.UNKNOWN),
    ("TBPPH", "VAR 40", 20, State.UNKNOWN),
    ("TBPPH", "M2 A4 B2", 20, State.UNKNOWN),
]


def table(report: Report, key: str) -> Table:
    return next(found for _, found in report.tables() if found.key == key)


def column(found: Table, key: str) -> dict[str, object]:
    place = [c.key for c in found.columns].index(key)
    return {row.key: row.cells[place] for row in found.rows}


def value(cell: object) -> int | None:
    assert isinstance(cell, Figure), cell
    return cell.value


def total(report: Report, key: str, name: str) -> int | None:
    return value(column(table(report, key), name)["total"])


def report(path: Path, year: int) -> Report:
    with Store.open(path) as store, store.read() as reader:
        made = build_report(store, reader, ReportRequest(year))
        for figure in made.figures():  # evidence is read while the register is open
            if figure.value is not None:
                assert sum(part.amount for part in figure.contributions()) == figure.value
        return made


def register(path: Path, author: Author, state: str, *imports: tuple[str, str]) -> Path:
    in_force = date(1999, 5, 1) if state == "THA" else date(1999, 3, 1)
    new_register(path, author, name=state, iso3=state, entry_into_force=in_force)
    with Store.open(path, author, write=True) as store:
        for mapping, file in imports:
            import_table(store, REAL / file, mapping=REAL / f"{mapping}.toml")
    return path


@pytest.fixture
def thailand(tmp_path: Path, author: Author) -> Path:
    path = register(
        tmp_path / "tha.mineaction",
        author,
        "THA",
        ("thailand_retained", "thailand-2019/retained.csv"),
        ("thailand_destruction", "thailand-2019/destruction.csv"),
    )
    with Store.open(path, author, write=True) as store, store.write("completion") as writer:
        writer.session.query(StateProfile).one().article4_completed_on = date(2003, 4, 24)
    return path


def holdings(found: Table, quantity: str) -> list[tuple[object, ...]]:
    keys = [c.key for c in found.columns]

    def row_of(row: Row) -> tuple[object, ...]:
        cells = dict(zip(keys, row.cells, strict=True))
        return cells["institution"], cells["type"], value(cells[quantity]), cells["lot"]

    return [row_of(row) for row in found.rows if row.role is RowRole.DATA]


def test_thailand_retained_at_the_end_of_2018(thailand: Path) -> None:
    made = report(thailand, 2018)
    assert holdings(table(made, "retained"), "quantity") == THAILAND
    assert total(made, "retained", "quantity") == 3133


def test_thailand_destroyed_all_it_retained_in_2019(thailand: Path) -> None:
    made = report(thailand, 2019)
    ledger = table(made, "retained_reconciliation")
    opened = [row[:3] for row in holdings(ledger, "opening")]
    assert opened == [row[:3] for row in THAILAND]
    assert total(made, "retained_reconciliation", "opening") == 3133
    assert total(made, "retained_reconciliation", "destroyed") == -3133
    assert total(made, "retained_reconciliation", "closing") == 0
    closing = column(table(made, "retained"), "quantity")["total"]
    assert isinstance(closing, Figure)
    assert closing.state is State.ZERO


def test_surplus_of_retained_mines_is_no_destruction_of_stock(thailand: Path) -> None:
    made = report(thailand, 2019)
    for key in ("stock", "stock_destroyed"):
        assert (table(made, key).rows, table(made, key).empty) == ((), State.NONE)


def test_the_cover_page_of_thailand_marks_form_d_alone_as_changed(thailand: Path) -> None:
    cover = next(form for form in report(thailand, 2019).forms if form.key == "cover")
    (boxes,) = [block for block in cover.blocks if isinstance(block, Choices)]
    ticked = {
        line.label.split(":")[0]: text
        for line in (*boxes.left, *boxes.right)
        for text, chosen in line.options
        if chosen
    }
    assert ticked["Form D"] == "changed"
    assert ticked["Form B"] == ticked["Form G"] == "unchanged (last reporting: 2018)"


def test_zimbabwe_at_the_end_of_2014(tmp_path: Path, author: Author) -> None:
    path = register(
        tmp_path / "z.mineaction",
        author,
        "ZWE",
        ("zimbabwe_areas_2014", "zimbabwe-2014-2017/areas_2014.csv"),
    )
    made = report(path, 2014)
    assert len(table(made, "areas_known").rows) == 6 + 1
    assert total(made, "areas_known", "areas") == 199
    assert total(made, "areas_known", "area") == 62_991_706


def test_zimbabwe_at_the_end_of_2017(tmp_path: Path, author: Author) -> None:
    path = register(
        tmp_path / "z.mineaction",
        author,
        "ZWE",
        ("zimbabwe_areas_2017", "zimbabwe-2014-2017/areas_2017.csv"),
    )
    made = report(path, 2017)
    assert len(table(made, "areas_known").rows) == 7 + 1
    assert total(made, "areas_known", "area") == 61_793_990
    unknown = column(table(made, "areas_known"), "areas")["total"]
    assert isinstance(unknown, Figure)
    assert unknown.state is State.UNKNOWN


def test_zimbabwe_land_release_of_2017_names_what_does_not_close(
    tmp_path: Path, author: Author
) -> None:
    path = register(
        tmp_path / "z.mineaction",
        author,
        "ZWE",
        ("zimbabwe_land_release_2017", "zimbabwe-2014-2017/land_release_2017.csv"),
    )
    made = report(path, 2017)
    released = {name: total(made, "released", name) for name in ("cancelled", "reduced", "cleared")}
    assert released == {"cancelled": 1_770_000, "reduced": 2_790_000, "cleared": 1_660_000}
    assert total(made, "released", "total") == 6_220_000
    assert total(made, "land_reconciliation", "opening") == 66_000_000
    assert total(made, "land_reconciliation", "new") == 1_800_000
    assert total(made, "land_reconciliation", "closing") == 61_580_000
    (missing,) = column(table(made, "counts"), "unexplained").values()
    assert value(missing) == 210_000


def test_counting_the_areas_again_books_nothing(tmp_path: Path, author: Author) -> None:
    path = register(
        tmp_path / "z.mineaction",
        author,
        "ZWE",
        ("zimbabwe_areas_2014", "zimbabwe-2014-2017/areas_2014.csv"),
        ("zimbabwe_counted_2017", "zimbabwe-2014-2017/areas_2017.csv"),
    )
    made = report(path, 2017)
    assert total(made, "areas_known", "area") == 62_991_706
    found = table(made, "counts")
    names = column(found, "what")
    differences = {
        str(names[key]): value(cell) for key, cell in column(found, "unexplained").items()
    }
    assert differences["Lusulu"] == 56_000 - 560_000
    assert differences["Rusitu to Muzite Mission"] == 8_550_808 - 15_000_000
    assert differences["Musengezi to Mazowe"] == 11_784_543
