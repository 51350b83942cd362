"""Why something is done to records: asked once, kept with each of them."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.parts import lead, soft
from mineaction_desktop.ui.theme import em

REASON = mark("Reason")
HELP = mark("It stands in the history of each record, with your name and the time.")


class ReasonDialog(QDialog):
    """Asks for a reason; the button stays grey until there is one."""

    def __init__(
        self, desk: Desk, question: str, act: str, warning: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(act)
        self.setMinimumWidth(em(26))
        said, help_text = QLabel(question), soft(desk.say(HELP))
        said.setWordWrap(True)
        lead(said)
        self.warning = QLabel(warning)
        self.warning.setProperty("tone", "warning")
        self.warning.setWordWrap(True)
        lead(self.warning)
        self.warning.setVisible(bool(warning))
        self.reason = TypedLine()
        self.reason.setAccessibleName(desk.say(REASON))
        self.reason.setAccessibleDescription(help_text.text())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.act = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        self.act.setProperty("kind", "primary")
        self.act.setEnabled(False)
        self.act.setDefault(True)
        self.reason.textChanged.connect(lambda text: self.act.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(desk.say(REASON), self.reason)
        whole = QVBoxLayout(self)
        for part in (said, self.warning):
            whole.addWidget(part)
        whole.addLayout(form)
        whole.addWidget(help_text)
        whole.addWidget(buttons)
        self.reason.setFocus()

    @property
    def text(self) -> str:
        """The reason that was given."""
        return self.reason.text().strip()
