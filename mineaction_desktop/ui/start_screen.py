"""What stands in the window while no register is open: begin, or go on where one left off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.parts import large, soft
from mineaction_desktop.ui.recent import Recent, forget_register, recent_registers
from mineaction_desktop.ui.screen import Screen
from mineaction_desktop.ui.status import EXERCISE

TITLE = mark("Mine Action Desktop")
LEAD = mark("The records behind the transparency report, and the report from the records.")
BEGIN = mark("Begin")
RECENT = mark("Opened lately")
NO_RECENT = mark(
    "No register has been opened on this computer yet. Make one for your State, open one that a "
    "colleague gave you, or look around in the made-up country first."
)
MISSING = mark("Not found just now")
OPENED = mark("opened {date}")
REMOVE = mark("Take off this list; the file stays")
DROP = mark("You can also drop a .mineaction file onto this window.")

CHOICES = (
    (
        "register.open",
        "folder-open",
        mark("Open a register"),
        mark("A .mineaction file on this computer, a stick or a shared folder."),
    ),
    (
        "register.new",
        "file-plus-2",
        mark("New register"),
        mark("An empty one for a State, with the catalogue of ordnance types."),
    ),
    (
        "register.demo",
        "graduation-cap",
        mark("Made-up country"),
        mark("For training: twenty years of records, reports and a few mistakes to find."),
    ),
)


class StartScreen(Screen):
    """The registers that were open lately, and three ways to begin."""

    wanted = Signal(str)
    """A command, by its id."""

    opened = Signal(object)
    """A register of the list, by its path."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._first: QWidget | None = None
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        page = QWidget()
        area.setWidget(page)
        outer = QHBoxLayout(page)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.space(12))
        outer.addLayout(column, 8)
        outer.addStretch(1)
        column.addSpacing(theme.space(24))
        column.addWidget(large(desk.say(TITLE), 1.9))
        column.addWidget(soft(desk.say(LEAD)))
        column.addSpacing(theme.space(16))
        self._choices(column)
        column.addSpacing(theme.space(16))
        column.addWidget(large(desk.say(RECENT), 1.15))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.space(4))
        column.addLayout(self._list)
        column.addWidget(soft(desk.say(DROP)))
        column.addStretch(1)
        self.refresh()

    def title(self) -> str:
        return self._desk.say(TITLE)

    def place_focus(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list of registers again."""
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        found = recent_registers(self._desk.settings)
        self._first = self._open_choice
        if not found:
            self._list.addWidget(soft(self._desk.say(NO_RECENT)))
        for n, one in enumerate(found):
            row = _RecentRow(self._desk, one, self.remove)
            row.chosen.connect(self.opened)
            self._list.addWidget(row)
            if n == 0:
                self._first = row.button

    def _choices(self, column: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.space(12))
        for n, (command, icon, title, text) in enumerate(CHOICES):
            card = _Choice(icon, self._desk.say(title), self._desk.say(text))
            card.clicked.connect(lambda _=False, name=command: self.wanted.emit(name))
            grid.addWidget(card, 0, n)
            grid.setColumnStretch(n, 1)
            if n == 0:
                self._open_choice = card
        column.addLayout(grid)

    def remove(self, one: Recent) -> None:
        """Take a register off the list; the file stays."""
        forget_register(self._desk.settings, one.path)
        self.refresh()
        self.place_focus()


class _Choice(QPushButton):
    """A large button: an icon, what it is, and a line about it."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[theme.space(12)] * 4)
        box.setSpacing(theme.space(4))
        head = QHBoxLayout()
        sign = QLabel()
        side = theme.em(1.4)
        sign.setPixmap(icons.icon(icon, "accent").pixmap(QSize(side, side)))
        head.addWidget(sign)
        head.addWidget(large(title, 1.1), 1)
        box.addLayout(head)
        box.addWidget(soft(text))
        box.addStretch(1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalSizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(10), self.heightForWidth(max(self.width(), theme.em(12))))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else 0


class _RecentRow(QFrame):
    """A register of the list: its name opens it."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, one: Recent, remove: Callable[[Recent], None]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(8), theme.space(4), theme.space(4), theme.space(4))
        row.setSpacing(theme.space(8))
        self.button = QPushButton(one.path.name)
        self.button.setProperty("kind", "link")
        self.button.setEnabled(not one.is_missing)
        self.button.clicked.connect(lambda: self.chosen.emit(one.path))
        row.addWidget(self.button)
        if one.is_exercise:
            word = QLabel(desk.say(EXERCISE))
            word.setProperty("role", "exercise")
            row.addWidget(word)
        where = soft(f"\u2066{one.path.parent}\u2069")
        where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        where.setWordWrap(False)
        where.setToolTip(str(one.path))
        day = desk.day(one.opened_at.astimezone().date())
        said = desk.say(MISSING) if one.is_missing else desk.say(OPENED, date=day)
        state = QLabel(" · ".join(filter(None, (one.state, said))))
        state.setProperty("tone" if one.is_missing else "role", "warning" if one.is_missing else "")
        row.addWidget(where, 1)
        row.addWidget(state)
        self.button.setAccessibleDescription(f"{one.path.parent} · {state.text()}")
        cross = QToolButton()
        cross.setIcon(icons.icon("x"))
        cross.setToolTip(desk.say(REMOVE))
        cross.setAccessibleName(f"{desk.say(REMOVE)}: {one.path.name}")
        cross.clicked.connect(lambda: remove(one))
        row.addWidget(cross)
