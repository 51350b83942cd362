"""One field of many records: which, what value, why, and how many that changes."""

from __future__ import annotations

from array import array

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.i18n import mark
from mineaction_desktop.services import browsing
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.fields.base import FieldEditor
from mineaction_desktop.ui.entry.fields.table import single_editor
from mineaction_desktop.ui.entry.scenes import Scenes
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.lists.reason_dialog import HELP, REASON
from mineaction_desktop.ui.theme import em

TITLE = mark("Change the selected records")
FIELD, VALUE = mark("Field"), mark("New value")
PREVIEW, PREVIEW_MANY = (
    mark("{n} of {total} selected records will change."),
    mark("{n} of {total} selected records will change."),
)
UP_TO = mark("Up to {total} records will change.")
EMPTIED = mark("The field will be emptied.")
CHANGE = mark("Change")
_COUNTED = 20_000
"""From more rows on, counting beforehand would take longer than a person waits."""


class BulkDialog(QDialog):
    """Asks for a field, a value and a reason; nothing is changed here."""

    def __init__(
        self, session: Session, form: Form, keys: array[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._form, self._keys = session, form, keys
        self._fields = [one for one in form.fields.values() if _can_be_set(one)]
        self._scenes = Scenes(
            session,
            session.desk.today(),
            create_linked=lambda *_: None,
            open_linked=lambda *_: None,
        )
        self.editor: FieldEditor | None = None
        self.setWindowTitle(session.desk.say(TITLE))
        self.setMinimumWidth(em(32))
        self._build()
        self._take_field()

    @property
    def field(self) -> Field:
        """The field that was chosen."""
        return self._fields[max(self.fields.currentIndex(), 0)]

    @property
    def value(self) -> object:
        """The value that was given; nothing empties the field."""
        return self.editor.value() if self.editor is not None else None

    @property
    def reason(self) -> str:
        """Why it is changed."""
        return self.reason_line.text().strip()

    def _build(self) -> None:
        desk = self._session.desk
        labels = [desk.words.gettext(one.label) for one in self._fields]
        self.fields = QComboBox()
        self.fields.setEditable(True)
        self.fields.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.fields.addItems(labels)
        completer = QCompleter(labels, self.fields)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.fields.setCompleter(completer)
        self.fields.setAccessibleName(desk.say(FIELD))
        self.reason_line = TypedLine()
        self.reason_line.setAccessibleName(desk.say(REASON))
        self.reason_line.setAccessibleDescription(desk.say(HELP))
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self._place = QWidget()
        self._place_layout = QVBoxLayout(self._place)
        self._place_layout.setContentsMargins(0, 0, 0, 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.act = buttons.addButton(desk.say(CHANGE), QDialogButtonBox.ButtonRole.AcceptRole)
        self.act.setProperty("kind", "primary")
        self.act.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        rows = QFormLayout()
        rows.addRow(desk.say(FIELD), self.fields)
        rows.addRow(desk.say(VALUE), self._place)
        rows.addRow(desk.say(REASON), self.reason_line)
        whole = QVBoxLayout(self)
        whole.addLayout(rows)
        whole.addWidget(self.preview)
        whole.addWidget(buttons)
        self.fields.currentIndexChanged.connect(self._take_field)
        self.reason_line.textChanged.connect(self._tell)
        if (line := self.fields.lineEdit()) is not None:
            line.selectAll()

    def _take_field(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = single_editor(self.field, self._scenes.scene(dict), self._place)
        self.editor.committed.connect(lambda _: self._tell())
        self._place_layout.addWidget(self.editor)
        QWidget.setTabOrder(self.fields, self.editor)
        QWidget.setTabOrder(self.editor, self.reason_line)
        self._tell()

    def _tell(self) -> None:
        """Say what would change, before it does."""
        desk, total = self._session.desk, len(self._keys)
        if total > _COUNTED:
            said = desk.say(UP_TO, total=desk.number(total))
        else:
            count = browsing.count_other(
                self._session.store, self._form, self._keys, self.field.name, self.value
            )
            said = desk.count(PREVIEW, PREVIEW_MANY, count, total=desk.number(total))
        if self.value is None:
            said = f"{said} {desk.say(EMPTIED)}"
        self.preview.setText(said)
        self.act.setEnabled(bool(self.reason))

    def _accept(self) -> None:
        if self.editor is not None and not self.editor.commit():
            problem = self.editor.problem()
            self.preview.setText(
                problem.message.render(self._session.desk.words) if problem else ""
            )
            self.editor.take_focus()
            return
        if self.reason:
            self.accept()


def _can_be_set(field: Field) -> bool:
    """Whether many records can have the same value in a field."""
    return field.type != "sealed" and field.name != "local_id" and not field.is_parent_link
