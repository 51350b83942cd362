"""Everybody can use the desk: names for screen readers, Tab, contrast, and text that is not cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QScrollArea,
    QScrollBar,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks, program
from mineaction_desktop.ui.entry.form_view import FormView
from mineaction_desktop.ui.lists.list_screen import ListScreen
from mineaction_desktop.ui.lists.model import RecordModel
from mineaction_desktop.ui.lists.view import RecordView
from mineaction_desktop.ui.program import Program
from mineaction_desktop.ui.theme import DARK, LIGHT, Theme
from mineaction_desktop.ui.year.year_screen import YearScreen

GROUNDS = ("window", "surface", "raised", "sunken", "accent_soft")
TONES = ("error", "warning", "info", "done")
TEXTS = ("text", "text_soft", "accent", *TONES)

SCREENS = (
    "start",
    "keys",
    "register",
    "list:hazardous_area",
    "list:accident",
    "editor:hazardous_area",
    "editor:land_activity",
    "editor:survivor_service",
    "editor:stock_movement",
    "search",
    "unfinished",
    "second_keying",
    "statistics",
    "year:2025",
)
DIALOGS = {
    "window.palette": "register",
    "window.preferences": "register",
    "window.about": "register",
    "register.new": "start",
    "list.add_filter": "list:accident",
    "list.columns": "list:accident",
    "year.export": "year:2025",
}
"""A dialog by its command, and the screen it is opened from."""


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _pairs() -> Iterator[tuple[str, str, float]]:
    """What is drawn on what, and the contrast it needs."""
    for ground in GROUNDS:
        yield from ((text, ground, 4.5) for text in TEXTS)
        yield "line_strong", ground, 3
        yield "text_faint", ground, 4.45
    for tone in TONES:
        yield from ((text, f"{tone}_soft", 4.5) for text in ("text", "text_soft", "accent", tone))
        yield "line_strong", f"{tone}_soft", 3
    yield from (("accent_text", "accent", 4.5), ("accent_text", "accent_hover", 4.5))
    yield "exercise_text", "exercise", 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_stand_out_from_their_ground(theme: Theme) -> None:
    colours = theme.colours()
    weak = {
        (front, ground): round(_contrast(colours[front], colours[ground]), 2)
        for front, ground, least in _pairs()
        if _contrast(colours[front], colours[ground]) < least
    }
    assert not weak


Open = Callable[..., Program]
Seen = TypeVar("Seen")


@pytest.fixture
def opened(
    dressed: QApplication,
    qtbot: QtBot,
    register: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    """The program with the made-up country, in a language and a size of text, at 1280 by 720."""
    monkeypatch.setattr(program, "catch_crashes", lambda *_: None)  # failures are the test's
    started: list[Program] = []

    def start(language: str = "en", percent: int = 100, digits: str = "language") -> Program:
        settings = SettingsFile(tmp_path / language / f"{percent}.json")
        settings.change(language=language, theme="light", text_size=percent, author="A", office="B")
        settings.change(digits=digits)
        made = Program(dressed, settings)
        started.append(made)
        made.start(register)
        made.window.resize(1280, 720)
        qtbot.waitUntil(lambda: made.session is not None, timeout=20_000)
        qtbot.waitUntil(lambda: not made.jobs.running, timeout=20_000)
        made.window.activateWindow()
        return made

    yield start
    for made in started:
        made.close()
        made.window.close()
        made.window.deleteLater()
        made.deleteLater()
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    looks.dress(dressed, "light", 100)


def _show(made: Program, address: str, qtbot: QtBot) -> QWidget:
    made.go(address)
    shown = made.window.stage.screen_shown
    if isinstance(shown, YearScreen):
        qtbot.waitUntil(lambda: shown.reading is not None, timeout=20_000)
    QTest.qWait(30)  # layouts settle
    return made.window


def _dialogs(made: Program, qtbot: QtBot, look: Callable[[QDialog], Seen]) -> dict[str, Seen]:
    """What a look at each dialog finds; some keep the command waiting until they are closed."""
    found: dict[str, Seen] = {}

    def look_at(command: str) -> None:
        inside = [one for one in made.window.findChildren(QDialog) if one.isVisible()]
        focus = QApplication.focusWidget()
        if not inside or focus is None or not inside[-1].isAncestorOf(focus):
            QTimer.singleShot(50, made.window, partial(look_at, command))
            return
        dialog = inside[-1]
        QTest.qWait(100)  # layouts settle
        try:
            found[command] = look(dialog)
        finally:
            dialog.reject()

    for command, address in DIALOGS.items():
        _show(made, address, qtbot)
        QTimer.singleShot(50, made.window, partial(look_at, command))
        made.window.actions_.use(command)
        qtbot.waitUntil(partial(found.__contains__, command), timeout=20_000)
    return found


def _controls(root: QWidget) -> list[QWidget]:
    """What the keyboard can come to by Tab."""
    return [
        one
        for one in root.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not isinstance(one, QScrollBar)
        and one.window() is root.window()
    ]


def _read(control: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(control)
    assert found is not None
    return found


def _nameless(root: QWidget) -> list[str]:
    return [
        _what(one)
        for one in _controls(root)
        if not _read(one).text(QAccessible.Text.Name).strip()
        or _read(one).role() == QAccessible.Role.NoRole
    ]


def _what(control: QWidget) -> str:
    parents: list[str] = []
    above = control.parentWidget()
    while above is not None and len(parents) < 3:
        parents.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join((type(control).__name__, *parents))


def test_every_control_of_every_screen_has_a_name(opened: Open, qtbot: QtBot) -> None:
    made = opened()
    found = {address: _nameless(_show(made, address, qtbot)) for address in SCREENS}
    assert not {address: names for address, names in found.items() if names}


def test_every_control_of_every_dialog_has_a_name(opened: Open, qtbot: QtBot) -> None:
    made = opened()
    found = _dialogs(made, qtbot, _nameless)
    assert not {command: names for command, names in found.items() if names}


def _cut(root: QWidget) -> list[str]:
    """Texts that their room does not hold, unless the tooltip says them whole."""
    return [
        f"{_what(one)}: {_text(one)}"
        for one in root.findChildren(QWidget)
        if isinstance(one, QLabel | QAbstractButton)
        and one.isVisible()
        and _text(one)
        and not one.toolTip()
        and not _fits(one)
    ]


def _cut_at_rest(root: QWidget) -> list[str]:
    """The same once the layout has come to rest; long forms are laid out while the desk is idle."""
    for _ in range(50):
        if not _cut(root):
            break
        QTest.qWait(100)
    return _cut(root)


def _text(one: QWidget) -> str:
    assert isinstance(one, QLabel | QAbstractButton)
    return one.text()


def _fits(one: QWidget) -> bool:
    if isinstance(one, QLabel) and one.wordWrap():
        return one.height() + 1 >= one.heightForWidth(one.width())
    return one.width() + 1 >= one.minimumSizeHint().width() and one.height() + 2 >= min(
        one.sizeHint().height(), one.fontMetrics().height()
    )


@pytest.mark.parametrize(
    ("language", "percent"), [("en", 100), ("en", 200), ("ar", 100), ("ar", 200)]
)
def test_no_text_is_cut(opened: Open, qtbot: QtBot, language: str, percent: int) -> None:
    made = opened(language, percent)
    found = {address: _cut_at_rest(_show(made, address, qtbot)) for address in SCREENS}
    found |= _dialogs(made, qtbot, _cut)
    assert not {place: texts for place, texts in found.items() if texts}


def _tabbed() -> list[QWidget]:
    """What Tab comes to, until it comes round."""
    found: list[QWidget] = []
    for _ in range(150):
        here = QApplication.focusWidget()
        if here is None or here in found:
            break
        found.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_tab_goes_through_a_dialog_as_the_eye_reads(
    opened: Open, qtbot: QtBot, language: str
) -> None:
    made = opened(language)
    found = _dialogs(made, qtbot, _backwards)
    assert not {command: steps for command, steps in found.items() if len(steps) > 1}


def _backwards(dialog: QDialog) -> list[str]:
    """Steps of Tab against the direction of reading; one is where it comes round."""
    order = _tabbed()
    assert order
    return [
        f"{_what(one)} -> {_what(other)}"
        for one, other in pairwise(order)
        if one.parentWidget() is other.parentWidget() and not _reads_on(dialog, one, other)
    ]


def _reads_on(root: QWidget, one: QWidget, other: QWidget) -> bool:
    """Whether the eye comes to one control before the other."""
    a, b = one.mapTo(root, QPoint()), other.mapTo(root, QPoint())
    if b.y() >= a.y() + one.height() or a.y() >= b.y() + other.height():
        return b.y() > a.y()
    mirrored = root.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return a.x() > b.x() if mirrored else a.x() < b.x()


@pytest.mark.parametrize("address", ["start", "list:accident", "editor:accident", "unfinished"])
def test_focus_shows(opened: Open, qtbot: QtBot, address: str) -> None:
    made = opened()
    window = _show(made, address, qtbot)
    unseen, seen = [], set()
    for control in _controls(window):
        kind = (type(control), control.property("kind"))
        if kind in seen or not control.visibleRegion().boundingRect().height():
            continue
        seen.add(kind)
        window.setFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if control.hasFocus() and control.grab().toImage() == before:
            unseen.append(_what(control))
    assert seen
    assert not unseen


CONTENT: dict[str, type[QWidget]] = {
    "register": QScrollArea,
    "list:hazardous_area": RecordView,
    "list:land_activity": RecordView,
    "editor:hazardous_area": FormView,
    "editor:land_activity": FormView,
    "search": QTreeWidget,
    "second_keying": QScrollArea,
    "keys": QTextBrowser,
    "year:2025": QTabWidget,
}
"""What a screen is about, by its address."""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_large_text_leaves_half_of_a_small_window_to_the_content(
    opened: Open, qtbot: QtBot, language: str
) -> None:
    made = opened(language, 200)
    found: dict[str, float] = {}
    for address, kind in CONTENT.items():
        _show(made, address, qtbot)
        screen = made.window.stage.screen_shown
        assert screen is not None
        shown = [one for one in screen.findChildren(kind) if one.isVisible()]
        found[address] = max(one.height() for one in shown) / made.window.height()
    assert made.window.height() == 720
    assert not {address: round(part, 2) for address, part in found.items() if part < 0.5}


def test_a_folded_navigation_comes_back_for_a_moment(opened: Open, qtbot: QtBot) -> None:
    made = opened("en", 200)
    window = made.window
    _show(made, "register", qtbot)
    assert not window.navigation.isVisible()
    window.actions_.use("window.navigation")
    assert window.navigation.isVisible()
    assert window.navigation.hasFocus()
    QTest.keyClick(window.navigation, Qt.Key.Key_Escape)
    assert not window.navigation.isVisible()
    window.actions_.use("window.navigation")
    window.navigation.asked.emit("search")
    assert not window.navigation.isVisible()
    assert window.stage.visits.here == "search"


def _has_rows(model: RecordModel) -> bool:
    return model.rowCount() > 0


def test_headings_of_the_usual_columns_are_whole(opened: Open, qtbot: QtBot) -> None:
    made = opened()
    assert made.session is not None
    cut: dict[str, list[str]] = {}
    for kind in ("hazardous_area", "land_activity", "survivor", "accident", "stock_movement"):
        _show(made, f"list:{kind}", qtbot)
        screen = made.window.stage.screen_shown
        assert isinstance(screen, ListScreen)
        view, model = screen.view, screen.model
        qtbot.waitUntil(partial(_has_rows, model), timeout=10_000)
        names = [column.label for column in model.columns]
        cut[kind] = [name for at, name in enumerate(names) if not view.headings.is_whole(at)]
    assert not {kind: names for kind, names in cut.items() if names}


@pytest.mark.parametrize(("digits", "year"), [("language", "٢٠٢٤"), ("latin", "2024")])
def test_digits_are_those_of_the_preference(
    opened: Open, qtbot: QtBot, digits: str, year: str
) -> None:
    made = opened("ar", 100, digits=digits)
    _show(made, "register", qtbot)
    screen = made.window.stage.screen_shown
    assert screen is not None
    texts = {one.text() for one in screen.findChildren(QAbstractButton)}
    texts |= {one.text() for one in screen.findChildren(QLabel)}
    assert year in texts
    others = "0123456789" if digits == "language" else "٠١٢٣٤٥٦٧٨٩"
    assert not [text for text in texts if "Ctrl" not in text and set(others) & set(text)]
