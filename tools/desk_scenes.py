"""What the window shows for each picture of the desk, in the made-up country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services.browsing import ListQuery, first_rows, record_ids
from mineaction_desktop.services.drafts import keep_draft, new_draft
from mineaction_desktop.services.loading import blank, copy_of, open_record
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.services.saving import save
from mineaction_desktop.services.second_keying import batch_of, records_to_key, start_batch
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.lists.list_screen import ListScreen
from mineaction_desktop.ui.lists.search_screen import SearchScreen
from mineaction_desktop.ui.program import Program
from mineaction_desktop.ui.quality.second_keying_screen import SecondKeyingScreen
from mineaction_desktop.ui.year.year_screen import YearScreen

AREA, TWICE = "hazardous_area", "eore_session"
Scene = Callable[[Program], QPixmap]

SETTLE = 900
"""Milliseconds until a screen has come to rest."""
ABOVE = 60
"""So many pixels of a form stay in sight above the rows that a picture is about."""
REST = 60
"""The same for a step on the way."""
LOOKED_AT = 60
"""Among so many records one with many rows is looked for."""


def wait(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so, or for half a minute."""
    for _ in range(500):
        if is_so():
            return
        wait(REST)
    raise TimeoutError


def picture(program: Program) -> QPixmap:
    """The window with the dialogs that stand above it."""
    window = program.window
    made = window.grab()
    painter = QPainter(made)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            spare = window.size() - dialog.size()
            place = QPoint(spare.width() // 2, max(0, spare.height() // 2))
            if dialog.objectName() == "palette":  # it stands where it was put
                place = dialog.pos() - window.pos()
            painter.drawPixmap(place, dialog.grab())
            painter.drawRect(place.x(), place.y(), dialog.width(), dialog.height())
    painter.end()
    return made


def screen(address: str) -> Scene:
    """A screen as it opens."""

    def show(program: Program) -> QPixmap:
        _go(program, address)
        wait(SETTLE)
        return picture(program)

    return show


def dialog(address: str, command: str, prepare: Callable[[QWidget], None] | None = None) -> Scene:
    """A dialog above its screen; some keep the command waiting until they are closed."""

    def show(program: Program) -> QPixmap:
        shown = _go(program, address)
        wait(SETTLE)
        if prepare is not None:
            prepare(shown)
        made: list[QPixmap] = []
        QTimer.singleShot(SETTLE, partial(_take, program, made))
        program.window.actions_.use(command)
        wait_until(lambda: bool(made))
        return made[0]

    return show


def _take(program: Program, made: list[QPixmap]) -> None:
    made.append(picture(program))
    for one in program.window.findChildren(QDialog):
        if one.isVisible():
            one.reject()


def _go(program: Program, address: str) -> QWidget:
    program.go(address)
    shown = program.window.stage.screen_shown
    assert shown is not None  # noqa: S101 - every address here is one of the window
    if isinstance(shown, YearScreen):
        wait_until(lambda: shown.reading is not None)
    return shown


def _session(program: Program) -> Session:
    assert program.session is not None  # noqa: S101 - the tool opened one
    return program.session


def _record(program: Program, kind: str, group: str = "") -> str:
    """The record of a kind with most rows in a group."""
    session = _session(program)
    with session.store.read() as reader:
        rows = first_rows(session.store, session.catalogue, ListQuery(kind))[:LOOKED_AT]
        ids = record_ids(session.store, kind, rows)
        found = [open_record(reader, session.catalogue, kind, one) for one in ids]
    return max(found, key=lambda one: len(one.groups.get(group, ()))).id


# records


def editor(kind: str, group: str = "") -> Scene:
    """A record that has been kept, at the rows of a group if one is named."""

    def show(program: Program) -> QPixmap:
        shown = _editor(program, kind, group)
        if group:
            grid = next(one for one in shown.form.grids() if one.group.kind == group)
            _bring_up(shown, grid)
        wait(SETTLE)
        return picture(program)

    return show


def _editor(program: Program, kind: str, group: str = "") -> EditorScreen:
    shown = cast("EditorScreen", _go(program, f"editor:{kind}:{_record(program, kind, group)}"))
    shown.form.build_all()
    wait(SETTLE)
    return shown


def _bring_up(shown: EditorScreen, part: QWidget) -> None:
    top = part.mapTo(shown.form.widget() or shown, QPoint()).y()
    shown.form.verticalScrollBar().setValue(top - ABOVE)


def history(program: Program) -> QPixmap:
    """The history beside a record."""
    shown = _editor(program, AREA, "contamination")
    shown.handlers()["record.history"]()
    wait(SETTLE)
    return picture(program)


def conflict(program: Program) -> QPixmap:
    """Two people have changed one record, and one of them saves last."""
    session = _session(program)
    shown = _editor(program, AREA)
    draft = shown.work.draft
    draft.commit({Spot("place"): "Old mill", Spot("laid_by"): "Unknown"})
    with session.store.read() as reader:
        theirs = open_record(reader, session.catalogue, AREA, draft.sheet.id)
    values = {**theirs.values, "place": "North of the mill", "emplaced_text": "Spring 1993"}
    save(session.store, session.catalogue, replace(theirs, values=values))
    shown.handlers()["record.save"]()
    wait(SETTLE)
    made = picture(program)
    shown.handlers()["record.undo"]()
    shown.work.open_record(draft.sheet.id)
    return made


def prepare(register: Path) -> None:
    """Let another person enter a record that waits for a second keying, and lay one aside."""
    catalogue = load_catalogue()
    with open_register(register, Author("first clerk", "north office")) as store:
        with store.read() as reader:
            rows = first_rows(store, catalogue, ListQuery(TWICE))[:1]
            ids = record_ids(store, TWICE, rows)
            found = [copy_of(catalogue, open_record(reader, catalogue, TWICE, one)) for one in ids]
        for content in found:
            save(store, catalogue, content)
        accident = blank(catalogue, "accident")
        draft = new_draft(accident, Author("officer", "training"))
        keep_draft(store, replace(draft, is_parked=True), catalogue=catalogue)


def comparison(program: Program) -> QPixmap:
    """A record that was keyed twice, and not the same."""
    session = _session(program)
    store, catalogue = session.store, session.catalogue
    with store.read() as reader:
        ids = records_to_key(reader, TWICE, session.author.name)
    start_batch(store, catalogue, TWICE, ids, session.author)
    with store.read() as reader:
        item = batch_of(reader, catalogue, session.author)[0]
        first = open_record(reader, catalogue, TWICE, item.draft.content.id)
    values = {**first.values, "place": "School at the mill", "team": "Team 4"}
    keyed = replace(item.draft, content=replace(first, values=values), is_parked=True)
    keep_draft(store, keyed, catalogue=catalogue)
    shown = cast("SecondKeyingScreen", _go(program, "second_keying"))
    wait(SETTLE)
    shown.open(item.draft.id)
    wait(SETTLE)
    return picture(program)


# lists and years


def _copy_rows(shown: QWidget) -> None:
    lists = cast("ListScreen", shown)
    columns = [column.label for column in lists.model.columns][:5]
    rows = [["HA-9001", "North field", "2 ha", "x", "?"], ["HA-9002", "Mill", "oops", "", "active"]]
    text = "\n".join("\t".join(cells) for cells in (columns, *rows))
    QApplication.clipboard().setText(text)


def search(program: Program) -> QPixmap:
    """Words that were found in several kinds of record."""
    shown = cast("SearchScreen", _go(program, "search"))
    shown.line.setText("mill")
    wait(2 * SETTLE)
    return picture(program)


def figures(program: Program) -> QPixmap:
    """The figures of a form, and the records behind one of them."""
    year("figures", "C")(program)
    shown = cast("YearScreen", program.window.stage.screen_shown)
    _open_figure(shown)
    wait(SETTLE)
    return picture(program)


def _open_figure(shown: YearScreen) -> None:
    from mineaction_desktop.ui.year.figure_table import FigureTable  # noqa: PLC0415

    for table in shown.figures.area.findChildren(FigureTable):
        model = table.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                figure = table.figure(model.index(row, column))
                if figure is not None and figure.evidence is not None:
                    table.opened.emit(figure)
                    return


def year(page: str, form: str = "") -> Scene:
    """A page of a year, at a form of the report."""

    def show(program: Program) -> QPixmap:
        shown = cast("YearScreen", _go(program, "year:2025"))
        shown.pages.setCurrentWidget(getattr(shown, page))
        if form:
            shown.figures.show_form(form)
        wait(SETTLE)
        return picture(program)

    return show


SCENES: Mapping[str, Scene] = {
    "overview": screen("register"),
    "list": screen(f"list:{AREA}"),
    "filter": dialog(f"list:{AREA}", "list.add_filter"),
    "paste": dialog(f"list:{AREA}", "list.paste", _copy_rows),
    "search": search,
    "editor": editor("accident"),
    "new-record": screen("editor:land_activity"),
    "rows": editor("land_activity", "area_movement"),
    "history": history,
    "conflict": conflict,
    "unfinished": screen("unfinished"),
    "second-keying": comparison,
    "year": year("figures", "C"),
    "evidence": figures,
    "problems": year("problems"),
    "report": dialog("year:2025", "year.export"),
    "palette": dialog("register", "window.palette"),
    "keys": screen("keys"),
    "preferences": dialog("register", "window.preferences"),
}
"""Every scene by its name."""
