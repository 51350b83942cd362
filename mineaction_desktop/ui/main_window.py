"""The window: menus and toolbar above, navigation on the leading side, screens in the middle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.actions import Actions
from mineaction_desktop.ui.banner import Banners
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.side import USUAL, Side
from mineaction_desktop.ui.stage import Stage
from mineaction_desktop.ui.start_screen import TITLE
from mineaction_desktop.ui.status import EXERCISE, StatusLine

if TYPE_CHECKING:
    from mineaction_desktop.services.glance import Glance

EXERCISE_STRIP = mark("EXERCISE · made-up country for training: nothing in this register is real")
SEARCH = mark("Commands and records ({keys})")
TOOLBAR = mark("Toolbar")
SUFFIX = ".mineaction"
SMALLEST = QSize(960, 600)
GEOMETRY, PARTS = "window:geometry", "window:parts"


class MainWindow(QMainWindow):
    """The frame around the screens; what commands do is told to it from outside."""

    dropped = Signal(object)
    """A register was dropped onto the window, by its path."""

    drawn = Signal()
    """The window is on screen for the first time."""

    leaving = Signal(object)
    """The window is to be closed: a :class:`QCloseEvent` that can be refused."""

    def __init__(self, desk: Desk, make: Callable[[str], Screen | None]) -> None:
        super().__init__()
        self._desk = desk
        self._is_drawn = False
        self.setAcceptDrops(True)
        self.setMinimumSize(SMALLEST)
        self.setWindowIcon(icons.icon("app", "accent"))
        self.actions_ = Actions(desk, self)
        self.actions_.fill_menus(self)
        self._has_register = self._is_exercise = self._is_unfolded = False
        self._bar = self._toolbar()
        self.addToolBar(self._bar)
        self._side = Side(desk)
        self.navigation = self._side.navigation
        self.banners = Banners(desk)
        self.stage = Stage(desk.settings, make)
        self.status = StatusLine(desk, self.statusBar())
        self._strip = self._made_strip(EXERCISE_STRIP)
        self._word = self._made_strip(EXERCISE)
        self._word.setToolTip(self._strip.text())
        self.menuBar().setCornerWidget(self._word)
        self._parts = self._made_parts()
        self._lay_out()
        self.stage.shown.connect(self._on_shown)
        self.navigation.left.connect(self._leave_navigation)
        self.restore()
        self.setWindowTitle(desk.say(TITLE))

    def answer(self, handlers: Callable[[], Handlers]) -> None:
        """Say what the commands of the window itself do."""
        self.actions_.answer(handlers, self._screen_handlers)

    def show_register(self, path: Path, *, is_exercise: bool) -> None:
        """Name the register that is open or about to be, and say if nothing in it is real."""
        self._has_register, self._is_unfolded = True, False
        self._is_exercise = is_exercise
        self._side.show_register(path)
        self._give_way()
        word = f"{self._desk.say(EXERCISE)} · " if is_exercise else ""
        self.setWindowTitle(f"{word}{path.stem} — {self._desk.say(TITLE)}")

    def show_no_register(self) -> None:
        """Show that no register is open."""
        self._has_register = self._is_unfolded = self._is_exercise = False
        self._side.show_no_register()
        self.status.nothing_open()
        self._give_way()
        self.setWindowTitle(self._desk.say(TITLE))

    def show_glance(self, found: Glance) -> None:
        """Show what stands in the register beside the screens."""
        self._side.show_glance(found)

    def show_navigation(self) -> None:
        """Put the keyboard on the navigation; where it was folded away it comes back meanwhile."""
        self._is_unfolded = True
        self._give_way()
        self.navigation.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Remember how the window stands."""
        settings = self._desk.settings
        settings.remember(GEOMETRY, _text(self.saveGeometry()))
        settings.remember(PARTS, _text(self._parts.saveState()))
        self.stage.save()

    def restore(self) -> None:
        """Stand as the window did, on a screen that is there."""
        settings = self._desk.settings
        geometry, parts = settings.recall(GEOMETRY), settings.recall(PARTS)
        if not (isinstance(geometry, str) and self.restoreGeometry(_bytes(geometry))):
            self.resize(1280, 720)
        if isinstance(parts, str):
            self._parts.restoreState(_bytes(parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_drawn:
            self._is_drawn = True
            QTimer.singleShot(0, self, self.drawn.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _register_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _register_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leaving.emit(event)
        if event.isAccepted():
            self.save()

    def _screen_handlers(self) -> Handlers:
        screen = self.stage.screen_shown
        return screen.handlers() if screen is not None else {}

    def _give_way(self) -> None:
        """Leave the room to the screen where there is little.

        The navigation folds away; a word beside the menus stands for the strip of an exercise.
        """
        narrow, short = theme.is_narrow(self), theme.is_short(self)
        side = theme.em(0.9 if short else 1.1)
        self._strip.setVisible(self._is_exercise and not short)
        self._word.setVisible(self._is_exercise and short)
        self._side.setVisible(self._has_register and (self._is_unfolded or not narrow))
        self._unfold.setVisible(self._has_register and narrow)
        if narrow and self._is_unfolded:
            self._parts.setSizes([theme.em(USUAL), self.width() - theme.em(USUAL)])
        self._bar.setIconSize(QSize(side, side))

    def _leave_navigation(self) -> None:
        """Go back to the screen; the navigation folds away again where there is little room."""
        had_focus = self.navigation.hasFocus()
        self._is_unfolded = False
        self._give_way()
        screen = self.stage.screen_shown
        if had_focus and screen is not None:
            screen.place_focus()

    def _on_shown(self) -> None:
        self._is_unfolded = False
        self._give_way()
        self.navigation.show_place(self.stage.visits.here or "")
        self.actions_.refresh()

    def _toolbar(self) -> QToolBar:
        bar = QToolBar(self._desk.say(TOOLBAR))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        unfold = QToolButton()
        unfold.setDefaultAction(self.actions_.action("window.navigation"))
        self._unfold = bar.addWidget(unfold)
        self.actions_.fill_toolbar(bar)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addWidget(self._made_search())
        edge = QWidget()
        edge.setFixedWidth(theme.space(8))
        bar.addWidget(edge)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        return bar

    def _made_search(self) -> QLineEdit:
        """A field that looks like a search and opens the palette with what is typed into it."""
        command = self.actions_.action("window.palette")
        keys = command.shortcut().toString(command.shortcut().SequenceFormat.NativeText)
        field = TypedLine()
        field.setPlaceholderText(self._desk.say(SEARCH, keys=keys))
        field.setAccessibleName(field.placeholderText())
        field.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        field.setMaximumWidth(theme.em(22))
        field.setMinimumWidth(theme.em(5))
        field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        field.textEdited.connect(lambda: self.actions_.use("window.palette"))
        field.returnPressed.connect(lambda: self.actions_.use("window.palette"))
        self.search = field
        return field

    def _made_strip(self, words: str) -> QLabel:
        strip = QLabel(self._desk.say(words))
        strip.setProperty("role", "exercise")
        strip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        strip.hide()
        return strip

    def _made_parts(self) -> QSplitter:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self.stage, 1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._side)
        parts.addWidget(middle)
        parts.setStretchFactor(0, 0)
        parts.setStretchFactor(1, 1)
        parts.setSizes([theme.em(USUAL), theme.em(60)])
        return parts

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._parts, 1)
        self.setCentralWidget(whole)


def _register_in(event: QDropEvent) -> Path | None:
    """The register among what is dragged, if there is just one file."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == SUFFIX else None


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
