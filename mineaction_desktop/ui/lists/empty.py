"""What stands where rows would be: what to do first, or how to see rows again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from mineaction_desktop.formdef.form import Form
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.parts import large
from mineaction_desktop.ui.theme import em, space

NONE = mark("No records yet")
FIRST = mark(
    "Press Ctrl+N to record the first one, paste rows from a spreadsheet with Ctrl+V, or import "
    "a file."
)
NONE_READ_ONLY = mark("This register is open for reading only, and holds no records of this kind.")
NO_MATCH = mark("Nothing matches")
NO_MATCH_HELP = mark("No record fulfils these filters. Change or remove them to see more.")
NEW = mark("New record: {title}")
ALL = mark("Remove all filters")


class EmptyState(QWidget):
    """A sentence, what can be done, and a button for it."""

    new_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, desk: Desk, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = form
        self._is_narrow = False
        self._sign = QLabel()
        self._sign.setPixmap(icons.icon("inbox").pixmap(em(2.5), em(2.5)))
        self.heading, self.help = large("", 1.2), QLabel()
        self.help.setProperty("role", "soft")
        self.help.setWordWrap(True)
        self.help.setFixedWidth(em(32))
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self._act)
        whole = QVBoxLayout(self)
        whole.setSpacing(space(8))
        whole.addStretch(2)
        for part in (self._sign, self.heading, self.help, self.button):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def tell(self, *, is_narrow: bool, can_write: bool) -> None:
        """Say why there are no rows."""
        desk = self._desk
        self._is_narrow = is_narrow
        self.heading.setText(desk.say(NO_MATCH if is_narrow else NONE))
        help_text = NO_MATCH_HELP if is_narrow else FIRST if can_write else NONE_READ_ONLY
        self.help.setText(desk.say(help_text))
        self.help.setMinimumHeight(self.help.heightForWidth(self.help.width()))  # all its lines
        title = Message(self._form.title)
        self.button.setText(desk.say(ALL) if is_narrow else desk.say(NEW, title=title))
        self.button.setVisible(is_narrow or can_write)

    def place_focus(self) -> None:
        """Onto the button, if there is one."""
        (self.button if self.button.isVisibleTo(self) else self).setFocus()

    def _act(self) -> None:
        (self.clear_wanted if self._is_narrow else self.new_wanted).emit()
