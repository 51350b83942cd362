"""The year in the window: figures open their records, problems are explained, reports written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.services.reporting import ReportRequest
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.year.export_dialog import ExportDialog
from mineaction_desktop.ui.year.figure_table import FigureTable
from mineaction_desktop.ui.year.year_screen import YearScreen

Show = Callable[[int], YearScreen]


@pytest.fixture
def show(session: Session, qtbot: QtBot) -> Iterator[Show]:
    shown: list[YearScreen] = []

    def made(year: int) -> YearScreen:
        screen = YearScreen(session, year)
        qtbot.addWidget(screen)
        screen.resize(1050, 640)
        screen.show()
        shown.append(screen)
        qtbot.waitUntil(lambda: screen.reading is not None, timeout=30_000)
        return screen

    yield made
    for screen in shown:
        screen.put_away()


def test_every_form_shows_its_figures_and_each_figure_opens_records_that_add_up(
    show: Show,
) -> None:
    screen = show(2025)
    assert screen.reading is not None
    opened = 0
    for row in range(screen.figures.list.count()):
        screen.figures.list.setCurrentRow(row)
        for table in screen.figures.area.findChildren(FigureTable):
            model = table.model()
            for line in range(model.rowCount()):
                for column in range(model.columnCount()):
                    index = model.index(line, column)
                    figure = table.figure(index)
                    if figure is None or figure.value is None or figure.evidence is None:
                        continue
                    assert sum(one.amount for one in screen.reading.behind(figure)) == figure.value
                    opened += 1
    assert opened > 200
    assert screen.figures.list.count() > 12


def test_enter_on_a_figure_shows_its_records_and_enter_there_opens_one(
    show: Show, qtbot: QtBot
) -> None:
    screen = show(2025)
    assert screen.reading is not None
    screen.figures.show_form("C")
    table = screen.figures.area.findChildren(FigureTable)[0]
    index = next(
        table.model().index(row, column)
        for row in range(table.model().rowCount())
        for column in range(table.model().columnCount())
        if (figure := table.figure(table.model().index(row, column))) and figure.evidence
    )
    table.setFocus()
    table.setCurrentIndex(index)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert screen.figures.evidence.isVisible()
    with qtbot.waitSignal(screen.go) as asked:
        qtbot.keyClick(screen.figures.evidence.list, Qt.Key.Key_Return)
    assert asked.args[0].startswith("editor:")
    qtbot.keyClick(screen.figures.evidence.list, Qt.Key.Key_Escape)
    assert not screen.figures.evidence.isVisible()


def test_a_warning_is_explained_in_place_and_counts_as_settled(show: Show, qtbot: QtBot) -> None:
    screen = show(2025)
    assert screen.reading is not None
    problems = screen.reading.checked.problems
    row, found = next(
        (row, one)
        for row, one in enumerate(problems)
        if one.problem.severity is Severity.WARNING and not one.is_settled
    )
    screen.pages.setCurrentWidget(screen.problems)
    screen.problems.list.setCurrentRow(row)
    qtbot.keyClicks(screen.problems.text, "The team was sent twice, on two days.")
    before = screen.reading
    screen.problems.keep.click()
    qtbot.waitUntil(lambda: screen.reading is not before, timeout=30_000)
    again = next(
        one
        for one in screen.reading.checked.problems
        if (one.rule.code, one.finding.subject) == (found.rule.code, found.finding.subject)
    )
    assert again.explanation == "The team was sent twice, on two days."
    assert again.is_settled


def test_a_correction_of_a_submitted_year_is_named_with_its_record(show: Show) -> None:
    screen = show(2024)
    assert screen.reading is not None
    assert screen.reading.comparison is not None
    count = len(screen.reading.comparison.differences)
    assert count == screen.changes.list.topLevelItemCount() > 0
    items = [screen.changes.list.topLevelItem(row) for row in range(count)]
    assert any(item.childCount() for item in items if item is not None)
    assert str(count) in screen.pages.tabText(2)


def test_a_year_with_open_errors_cannot_be_submitted_and_says_why(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = show(2025)
    monkeypatch.setattr(
        "mineaction_desktop.ui.year.year_screen.QInputDialog.getMultiLineText",
        lambda *_: ("sent by post", True),
    )
    with qtbot.waitSignal(screen.noticed, timeout=30_000) as told:
        screen.submit.click()
    assert told.args[0].tone == "error"
    assert "cannot be submitted yet" in told.args[0].text
    assert screen.pages.currentWidget() is screen.problems


def test_the_report_is_written_in_the_background(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = ExportDialog(session, ReportRequest(2025), may_be_final=False)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.open_after.setChecked(False)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.write.isEnabled()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=120_000)
    assert sorted(path.suffix for path in dialog.files) == [".json", ".pdf", ".xlsx"]
    assert all(path.stat().st_size for path in dialog.files)


def test_a_cancelled_report_leaves_nothing(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(session, ReportRequest(2025), may_be_final=False)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.write.click()
    dialog.reject()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=120_000)
    assert not dialog.files
    assert not (tmp_path / "out").exists()
    dialog.reject()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_folder_that_is_a_file_is_told_in_words(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file")
    dialog = ExportDialog(session, ReportRequest(2025), may_be_final=False)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.write.click()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=120_000)
    assert "is a file, not a folder" in dialog.state.text()


def test_a_year_before_the_convention_says_so(show: Show) -> None:
    screen = show(1998)
    assert screen.reading is not None
    assert screen.reading.report is None
    assert "there is no report for 1998" in screen.refusal.text()
    assert not screen.write.isEnabled()
