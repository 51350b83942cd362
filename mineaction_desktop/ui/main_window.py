"""The window: menus and toolbar above, navigation on the leading side, screens in the middle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.actions import Actions
from mineaction_desktop.ui.banner import Banners
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.navigation import Navigation
from mineaction_desktop.ui.parts import lead
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.stage import Stage
from mineaction_desktop.ui.start_screen import TITLE
from mineaction_desktop.ui.status import EXERCISE, StatusLine

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
        self.addToolBar(self._toolbar())
        self.navigation = Navigation(desk)
        self.banners = Banners(desk)
        self.stage = Stage(desk.settings, make)
        self.status = StatusLine(desk, self.statusBar())
        self._strip = self._made_strip()
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        lead(self._heading)
        self._side = self._made_side()
        self._parts = self._made_parts()
        self._lay_out()
        self.stage.shown.connect(self._on_shown)
        self.restore()
        self.setWindowTitle(desk.say(TITLE))

    def answer(self, handlers: Callable[[], Handlers]) -> None:
        """Say what the commands of the window itself do."""
        self.actions_.answer(handlers, self._screen_handlers)

    def show_register(self, path: Path, *, is_exercise: bool) -> None:
        """Name the register that is open or about to be, and say if nothing in it is real."""
        self._side.show()
        self._strip.setVisible(is_exercise)
        self._heading.setText(path.stem)
        self._heading.setToolTip(str(path))
        word = f"{self._desk.say(EXERCISE)} · " if is_exercise else ""
        self.setWindowTitle(f"{word}{path.stem} — {self._desk.say(TITLE)}")

    def show_no_register(self) -> None:
        """Show that no register is open."""
        self._side.hide()
        self._strip.hide()
        self._heading.clear()
        self._heading.setToolTip("")
        self.navigation.show_nothing()
        self.status.nothing_open()
        self.setWindowTitle(self._desk.say(TITLE))

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

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leaving.emit(event)
        if event.isAccepted():
            self.save()

    def _screen_handlers(self) -> Handlers:
        screen = self.stage.screen_shown
        return screen.handlers() if screen is not None else {}

    def _on_shown(self) -> None:
        self.navigation.show_place(self.stage.visits.here or "")
        self.actions_.refresh()

    def _toolbar(self) -> QToolBar:
        bar = QToolBar(self._desk.say(TOOLBAR))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        side = theme.em(1.1)
        bar.setIconSize(QSize(side, side))
        self.actions_.fill_toolbar(bar)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addWidget(self._made_search())
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

    def _made_strip(self) -> QLabel:
        strip = QLabel(self._desk.say(EXERCISE_STRIP))
        strip.setProperty("role", "exercise")
        strip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        strip.hide()
        return strip

    def _made_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.space(4), theme.space(8), theme.space(4), theme.space(4))
        column.setSpacing(theme.space(4))
        self._heading.setContentsMargins(theme.space(8), 0, theme.space(8), 0)
        self._heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(self._heading)
        column.addWidget(self.navigation, 1)
        side.setMinimumWidth(theme.em(11))
        side.hide()
        return side

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
        parts.setSizes([theme.em(15), theme.em(60)])
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
