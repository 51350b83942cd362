"""Lists by keyboard alone: find, narrow, sort, choose, change, take back, bring in, take out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from mineaction_desktop.services import browsing
from mineaction_desktop.services.browsing import Filter, ListQuery, Operator
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.lists.bulk_dialog import BulkDialog
from mineaction_desktop.ui.lists.cells import LONGEST, one_line, unsteered
from mineaction_desktop.ui.lists.columns_dialog import ColumnsDialog
from mineaction_desktop.ui.lists.filter_dialog import FilterDialog
from mineaction_desktop.ui.lists.list_screen import ListScreen
from mineaction_desktop.ui.lists.model import RecordModel
from mineaction_desktop.ui.lists.paste_dialog import PasteDialog
from mineaction_desktop.ui.lists.reason_dialog import ReasonDialog
from mineaction_desktop.ui.lists.search_screen import SearchScreen

KIND = "hazardous_area"
Key = Qt.Key
Held = Qt.KeyboardModifier
_Dialog = TypeVar("_Dialog", bound=QDialog)


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> Iterator[ListScreen]:
    made = ListScreen(session, KIND)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    with qtbot.waitSignal(made.model.counted):
        made.show()
    qtbot.waitUntil(lambda: made.model.is_complete)
    made.activateWindow()
    made.place_focus()
    yield made
    made.model.close()
    made.actions_.jobs.close()


def _asked(qtbot: QtBot, screen: ListScreen, act: Callable[[], object]) -> None:
    """Do something that asks the register anew, and wait for the answer."""
    with qtbot.waitSignal(screen.model.counted):
        act()


def _in_dialog(kind: type[_Dialog], work: Callable[[_Dialog], object]) -> None:
    """Work in the dialog that the next step opens."""

    def found() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            try:
                work(dialog)
            except BaseException:
                dialog.reject()  # or the test would wait for it forever
                raise
        else:
            QTimer.singleShot(10, found)

    QTimer.singleShot(10, found)


def _names(screen: ListScreen) -> list[str]:
    column = screen.query.columns.index("name")
    model = screen.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _notices(screen: ListScreen) -> list[Notice]:
    found: list[Notice] = []
    screen.noticed.connect(found.append)
    return found


def test_the_model_keeps_its_promises(qtbot: QtBot, session: Session) -> None:
    query = ListQuery(KIND, ("local_id", "name", "admin_unit_id"), (("local_id", True),))
    model = RecordModel(session, query)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    for asked in (
        query,
        replace(query, sort=(("name", False),)),
        replace(query, text="salt"),
        replace(query, text="nothing has these words"),
        replace(query, columns=("name", "local_id"), show_hidden=True),
    ):
        with qtbot.waitSignal(model.counted):
            model.show(asked)
    assert tester.model() is model
    assert model.rowCount() >= 100
    model.close()


def test_typing_in_the_list_finds_and_enter_opens(qtbot: QtBot, screen: ListScreen) -> None:
    _asked(qtbot, screen, lambda: qtbot.keyClicks(screen.view, "s"))
    assert screen.filter_bar.line.hasFocus()
    _asked(qtbot, screen, lambda: qtbot.keyClicks(screen.filter_bar.line, "alt pan"))
    assert screen.query.text == "salt pan"
    assert screen.model.rowCount() < 100
    assert all("salt pan" in name for name in _names(screen))
    qtbot.keyClick(screen.filter_bar.line, Key.Key_Return)
    assert screen.view.hasFocus()
    first = screen.model.record(screen.view.currentIndex().row())
    assert first is not None
    with qtbot.waitSignal(screen.go) as gone:
        qtbot.keyClick(screen.view, Key.Key_Return)
    assert gone.args == [f"editor:{KIND}:{first.id}"]


def test_a_filter_is_put_together_by_keyboard(qtbot: QtBot, screen: ListScreen) -> None:
    def fill(dialog: FilterDialog) -> None:
        line = dialog.field.lineEdit()
        assert line is not None
        line.selectAll()
        qtbot.keyClicks(line, "Status")
        dialog.field.setCurrentIndex(dialog.field.findText("Status"))
        row = next(
            n for n in range(dialog.choices.count()) if dialog.choices.item(n).text() == "Open"
        )
        dialog.choices.setCurrentRow(row)
        qtbot.keyClick(dialog.choices, Key.Key_Space)
        qtbot.keyClick(dialog.choices, Key.Key_Return)

    _in_dialog(FilterDialog, fill)
    _asked(qtbot, screen, screen.handlers()["list.add_filter"])
    assert [chip.text for chip in screen.filter_bar.chips()] == ["Status is Open"]
    column = screen.query.columns.index("status")
    assert {screen.model.index(n, column).data() for n in range(screen.model.rowCount())} == {
        "Open"
    }
    chip = screen.filter_bar.chips()[0]
    _asked(qtbot, screen, lambda: qtbot.keyClick(chip.button, Key.Key_Delete))
    assert screen.query.filters == ()


def test_a_condition_that_cannot_be_read_is_refused_in_words(
    qtbot: QtBot, screen: ListScreen
) -> None:
    dialog = FilterDialog(screen.desk, browsing.columns_of(screen.form), None, screen)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose("survey_date")
    qtbot.keyClicks(dialog.value, "last spring")
    qtbot.keyClick(dialog.value, Key.Key_Return)
    assert dialog.filter is None
    qtbot.keyClicks(dialog.value, "2021-05")
    qtbot.keyClick(dialog.value, Key.Key_Return)
    assert dialog.filter is not None


def test_filters_are_kept_by_name_and_remembered(qtbot: QtBot, screen: ListScreen) -> None:
    wanted = Filter("area_class", Operator.ANY_OF, ("SHA",))
    _asked(qtbot, screen, lambda: screen.narrow(filters=(wanted,)))
    count = screen.model.rowCount()
    screen.filter_bar.saved["suspected"] = browsing.plain_query(screen.form, screen.query)
    _asked(qtbot, screen, screen.clear_filters)
    assert screen.model.rowCount() > count
    kept = screen.filter_bar.saved["suspected"]
    _asked(qtbot, screen, lambda: screen.filter_bar.recalled.emit(kept))
    assert screen.model.rowCount() == count
    state = screen.save_state()
    other = ListScreen(screen.session, KIND)
    qtbot.addWidget(other)
    _asked(qtbot, other, lambda: other.restore_state(state))
    assert other.query.filters == (wanted,)
    assert list(other.filter_bar.saved) == ["suspected"]
    other.model.close()


def test_columns_are_sorted_and_moved_by_keyboard(qtbot: QtBot, screen: ListScreen) -> None:
    screen.view.go_to(0, 1)
    _asked(qtbot, screen, lambda: qtbot.keyClick(screen.view, Key.Key_Up, Held.AltModifier))
    assert screen.query.sort == (("name", False),)
    names = _names(screen)
    assert names == sorted(names, key=str.casefold)
    screen.view.go_to(0, 1)
    held = Held.AltModifier | Held.ShiftModifier
    _asked(qtbot, screen, lambda: qtbot.keyClick(screen.view, Key.Key_Left, held))
    assert screen.query.columns[:2] == ("name", "local_id")


def test_columns_are_chosen(qtbot: QtBot, screen: ListScreen) -> None:
    def choose(dialog: ColumnsDialog) -> None:
        qtbot.keyClick(dialog.list, Key.Key_Down, Held.AltModifier)
        dialog.list.setCurrentRow(0)
        qtbot.keyClick(dialog.list, Key.Key_Space)
        dialog.accept()

    before = screen.query.columns
    _in_dialog(ColumnsDialog, choose)
    _asked(qtbot, screen, screen.choose_columns)
    assert screen.query.columns == (before[0], *before[2:])


def test_deleting_asks_why_and_can_be_undone(qtbot: QtBot, screen: ListScreen) -> None:
    total, notices = screen.model.rowCount(), _notices(screen)
    screen.view.go_to(0)
    for _ in range(2):
        qtbot.keyClick(screen.view, Key.Key_Down, Held.ShiftModifier)
    assert screen.view.chosen() == 3

    def give(dialog: ReasonDialog) -> None:
        assert not dialog.act.isEnabled()
        qtbot.keyClicks(dialog.reason, "keyed twice")
        qtbot.keyClick(dialog.reason, Key.Key_Return)

    _in_dialog(ReasonDialog, give)
    _asked(qtbot, screen, lambda: qtbot.keyClick(screen.view, Key.Key_Delete))
    assert screen.model.rowCount() == total - 3
    assert notices[-1].text == "Deleted 3 records."
    action = notices[-1].action
    assert action is not None
    _asked(qtbot, screen, action[1])
    assert screen.model.rowCount() == total


def test_one_field_of_many_records_is_one_step(qtbot: QtBot, screen: ListScreen) -> None:
    notices = _notices(screen)
    screen.view.go_to(0)
    qtbot.keyClick(screen.view, Key.Key_Down, Held.ShiftModifier)

    def give(dialog: BulkDialog) -> None:
        dialog.fields.setCurrentIndex(
            next(n for n, one in enumerate(dialog._fields) if one.name == "source")
        )
        assert dialog.editor is not None
        dialog.editor.set_value("Survey of 2024")
        qtbot.keyClicks(dialog.reason_line, "source found")
        assert "2 of 2" in dialog.preview.text()
        qtbot.keyClick(dialog.reason_line, Key.Key_Return)

    _in_dialog(BulkDialog, give)
    _asked(qtbot, screen, screen.handlers()["list.bulk_edit"])
    assert notices[-1].text == "Changed 2 records."
    wanted = Filter("source", Operator.EQUALS, "Survey of 2024")
    _asked(qtbot, screen, lambda: screen.narrow(filters=(wanted,)))
    assert screen.model.rowCount() == 2
    _asked(qtbot, screen, screen.handlers()["record.undo"])
    assert screen.model.rowCount() == 0
    assert screen.stack.currentWidget() is screen.empty


def test_reviewing_many(qtbot: QtBot, screen: ListScreen) -> None:
    screen.view.go_to(1)
    _asked(qtbot, screen, screen.handlers()["list.verify"])
    column = screen.query.columns.index("review_state")
    assert screen.model.index(1, column).data() == "Verified"


def test_all_rows_are_chosen_without_an_object_for_each(qtbot: QtBot, screen: ListScreen) -> None:
    qtbot.keyClick(screen.view, Key.Key_A, Held.ControlModifier)
    assert screen.view.ranges() == [(0, screen.model.rowCount() - 1)]
    assert f"{screen.model.rowCount()} selected" in screen.footer.chosen.text()


def test_copied_rows_paste_as_records(qtbot: QtBot, screen: ListScreen) -> None:
    total = screen.model.rowCount()
    screen.view.go_to(0)
    qtbot.keyClick(screen.view, Key.Key_Down, Held.ShiftModifier)
    screen.handlers()["list.copy"]()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[0].split("\t")[:2] == ["Record number", "Name"]
    head = "Name\tArea class\tStatus\tSurvey date"
    rows = [f"Pasted {n}\tCHA\topen\t{2020 + n}" for n in range(4)]
    QGuiApplication.clipboard().setText("\n".join([head, *rows, "Bad\tCHA\topen\tsometime"]))

    def correct(dialog: PasteDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.bar.isVisible())
        assert "4 of 5" in dialog.summary.text()
        index = dialog.view.currentIndex()
        assert (index.row(), index.column()) == (4, 3)
        assert "Row 5, Date of survey" in dialog.said.text()
        dialog.model.setData(index, "2021")
        assert dialog.add.text() == "Add 5 records"
        dialog.add.click()

    _in_dialog(PasteDialog, correct)
    with qtbot.waitSignal(screen.model.counted):
        screen.handlers()["list.paste"]()
    assert screen.model.rowCount() == total + 5


def test_an_empty_clipboard_is_told(qtbot: QtBot, screen: ListScreen) -> None:
    del qtbot
    notices = _notices(screen)
    QGuiApplication.clipboard().clear()
    screen.handlers()["list.paste"]()
    assert "Copy the rows" in notices[-1].text


def test_nothing_matches_and_how_to_go_on(qtbot: QtBot, screen: ListScreen) -> None:
    _asked(qtbot, screen, lambda: screen.narrow(text="zzzz"))
    assert screen.stack.currentWidget() is screen.empty
    assert screen.empty.heading.text() == "Nothing matches"
    _asked(qtbot, screen, screen.empty.button.click)
    assert screen.stack.currentWidget() is screen.view


def test_a_kind_without_records_says_what_to_do_first(qtbot: QtBot, session: Session) -> None:
    screen = ListScreen(session, "referral")
    qtbot.addWidget(screen)
    if not screen.model.is_complete:
        qtbot.waitSignal(screen.model.counted).wait()
    wanted = Filter("local_id", Operator.EQUALS, "none such")
    _asked(qtbot, screen, lambda: screen.narrow(filters=(wanted,)))
    screen.query = replace(screen.query, filters=(), text="")
    screen.empty.tell(is_narrow=False, can_write=True)
    assert "Ctrl+N" in screen.empty.help.text()
    with qtbot.waitSignal(screen.go) as gone:
        screen.empty.button.click()
    assert gone.args == ["editor:referral"]
    screen.model.close()


def test_the_footer_adds_up_what_is_shown(qtbot: QtBot, session: Session) -> None:
    screen = ListScreen(session, "area_movement")
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.model.counted) as counted:
        screen.narrow(text="")
        screen.model.show(screen.query)
    totals = counted.args[0]
    shown = session.desk.number(totals.sums["area_m2"])
    assert f"Area: {shown} m²" in screen.footer.totals.text()
    screen.model.close()


def test_what_is_shown_goes_into_a_file(qtbot: QtBot, screen: ListScreen, tmp_path: Path) -> None:
    notices = _notices(screen)
    for path in (tmp_path / "list.xlsx", tmp_path / "list.pdf"):
        act = screen.actions_.print_to if path.suffix == ".pdf" else screen.actions_.export_to
        act(path)
        qtbot.waitUntil(lambda: notices[-1].tone == "done", timeout=20_000)
        assert path.stat().st_size > 1_000


def test_a_duplicate_is_begun_as_a_draft(qtbot: QtBot, screen: ListScreen) -> None:
    screen.view.go_to(0)
    with qtbot.waitSignal(screen.go) as gone:
        screen.handlers()["record.duplicate"]()
    kind, record_id, draft_id = gone.args[0].split(":")[1:]
    assert (kind, record_id) == (KIND, "")
    assert draft_id


def test_search_everything_by_keyboard(qtbot: QtBot, session: Session) -> None:
    screen = SearchScreen(session)
    qtbot.addWidget(screen)
    screen.show()
    screen.place_focus()
    with qtbot.waitSignal(screen.searched, timeout=20_000):
        qtbot.keyClicks(screen.line, "salt pan")
    assert "found" in screen.said.text()
    qtbot.keyClick(screen.line, Key.Key_Down)
    with qtbot.waitSignal(screen.go) as gone:
        qtbot.keyClick(screen.tree, Key.Key_Return)
    assert gone.args[0].startswith("editor:hazardous_area:")
    with qtbot.waitSignal(screen.searched):
        screen.line.setText("zzzz")
    assert "Nothing" in screen.said.text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\x07", "two lines "),
        ("\u202eturned around", "turned around"),
        ("18 km south", "\u206818 km south\u2069"),
        ("12/5", "12/5"),
        ("x" * 100_000, "x" * LONGEST + "…"),
    ],
)
def test_a_text_stays_on_its_line(text: str, shown: str) -> None:
    assert one_line(text) == shown
    assert unsteered(one_line(text)) == shown.strip("\u2068\u2069")
