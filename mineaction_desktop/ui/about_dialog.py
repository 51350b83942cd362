"""What the program is, which version, and whose work it stands on."""

from __future__ import annotations

from importlib.metadata import version

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.parts import fit, large, soft
from mineaction_desktop.ui.start_screen import LEAD, TITLE

ABOUT = mark("About")
VERSION = mark("Version {version}")
LICENCES = mark(
    "Free software under the Apache licence, version 2. It stands on Qt {qt} for Python (LGPL), "
    "SQLAlchemy, SQLite and other free libraries; fonts Noto (OFL), icons Lucide (ISC)."
)
NO_NETWORK = mark("It never uses a network: what you record stays in the files you choose.")


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say = desk.say
        self.setWindowTitle(say(ABOUT))
        sign, side = QLabel(), theme.em(3)
        sign.setPixmap(icons.icon("app", "accent").pixmap(QSize(side, side)))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = large(say(TITLE), 1.4)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        number = soft(say(VERSION, version=version("mineaction-desktop")))
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.space(24)] * 4)
        column.setSpacing(theme.space(12))
        for one in (sign, title, number, QLabel(say(LEAD)), QLabel(say(NO_NETWORK))):
            one.setWordWrap(True)
            column.addWidget(one)
        column.addWidget(soft(say(LICENCES, qt=qVersion())))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.em(26))
        fit(self)
