"""A small form for a record that another one wants to link to: what it must have, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from string import Formatter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.editing import LinkOption, blank, link_name, save
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.fields import editor_for, hosts
from mineaction_desktop.ui.entry.scenes import Scenes
from mineaction_desktop.ui.entry.sheet import Sheet, Spot, errors
from mineaction_desktop.ui.entry.summary import counted
from mineaction_desktop.ui.theme import em, space

TITLE = mark("New: {title}")
HELP = mark("Only what is needed. The rest can be filled in later, in the record itself.")
SAVE, CANCEL = mark("Save and link"), mark("Cancel")


def needed(form: Form) -> list[str]:
    """The fields of a quick record: those it is named by, and those that may have to be filled."""
    named = {name for _, name, _, _ in Formatter().parse(form.label) if name}
    names = (named | form.demanding) - {"local_id", "review_state"}
    return [name for name in form.fields if name in names]


class QuickCreate(QDialog):
    """Keys one record and saves it; ``made`` is the record once that is done."""

    def __init__(self, session: Session, field: Field, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.made: LinkOption | None = None
        form = session.catalogue.form(field.link or "")
        self._form = form
        content = blank(session.catalogue, form.kind, carried=_named(form, text))
        today = date.today()  # noqa: DTZ011 - the day on the wall where the person sits
        scenes = Scenes(session, today, create_linked=lambda *_: None, open_linked=lambda *_: None)
        sheet = Sheet(session.catalogue, content, today=today, reading=scenes.reading)
        self._draft = Draft(sheet, scenes.linked, parent=self)
        scene = scenes.scene(self._draft.sheet.values)
        hosted = hosts(form)
        self.rows = [
            FieldRow(self._draft, partial(editor_for, form.fields[name], form, scene), parent=self)
            for name in needed(form)
            if name not in hosted
        ]
        self._lay_out()
        self._draft.changed.connect(self._on_changed)
        self._on_changed()
        self._focus_first()

    def _lay_out(self) -> None:
        desk = self._session.desk
        self.setWindowTitle(desk.say(TITLE, title=desk.words.gettext(self._form.title)))
        help_ = QLabel(desk.say(HELP))
        help_.setProperty("role", "soft")
        help_.setWordWrap(True)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setProperty("tone", "error")
        self._said.hide()
        self._save = QPushButton(desk.say(SAVE))
        self._save.setProperty("kind", "primary")
        self._save.setAutoDefault(False)
        self._save.clicked.connect(self.save)
        cancel = QPushButton(desk.say(CANCEL))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(16), space(16), space(16), space(16))
        column.addWidget(help_)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch()
        column.addWidget(self._said)
        column.addLayout(buttons)
        self.resize(em(46), em(10))

    def _on_changed(self, *_: object) -> None:
        facts = self._draft.facts()
        named = needed(self._form)
        for row in self.rows:
            row.show_values()
            row.refresh()
            # A field that only sometimes must be filled in stands here only then.
            name = row.spot.field
            only_if_asked = f"{{{name}}}" not in self._form.label
            if only_if_asked and name in named and not set(row.editor.stores()) & facts.required:
                row.hide()

    def _focus_first(self) -> None:
        empty = (row for row in self.rows if not row.isHidden() and _is_empty(row, self._draft))
        first = next(empty, None) or next((row for row in self.rows if not row.isHidden()), None)
        if first is not None:
            first.take_focus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save the record; say what is missing if it cannot be."""
        for row in self.rows:
            row.editor.commit()
        found = errors(self._draft.sheet.problems())
        if found:
            for row in self.rows:
                row.refresh(told_all=True)
            self._say(counted(found, self._session.desk))
            self._go_to(found[0][0])
            return
        try:
            saved = save(self._session.store, self._session.catalogue, self._draft.sheet.content())
        except UserError as error:
            self._say(error.render(self._session.desk.words))
            return
        self.made = self._option(saved.content.id, saved.content.local_id or "")
        self._session.tell(saved.changes)
        self.accept()

    def _option(self, record_id: str, local_id: str) -> LinkOption:
        words = self._session.desk.words
        with self._session.store.read() as reader:
            name = link_name(reader, self._session.catalogue, self._form.kind, record_id, words)
        return LinkOption(record_id, local_id, name)

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()

    def _go_to(self, spot: Spot) -> None:
        for row in self.rows:
            if spot in row.spots():
                row.show()
                row.take_focus(Qt.FocusReason.OtherFocusReason)

    def _step(self, way: int) -> None:
        shown = [row for row in self.rows if not row.isHidden()]
        focus = self.focusWidget()
        at = next(
            (i for i, row in enumerate(shown) if focus is not None and row.isAncestorOf(focus)), -1
        )
        if at >= 0:
            shown[at].editor.commit()
        if 0 <= at + way < len(shown):
            shown[at + way].take_focus()
        else:
            self._save.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif is_enter and not self._save.hasFocus():
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif is_enter:
            self.save()
        else:
            super().keyPressEvent(event)


def creator(session: Session, parent: QWidget) -> Callable[[Field, str], LinkOption | None]:
    """What a link field calls when the person wants a record that is not there yet."""

    def create(field: Field, text: str) -> LinkOption | None:
        dialog = QuickCreate(session, field, text, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    return create


def _named(form: Form, text: str) -> dict[str, object]:
    """What was typed is most likely the name."""
    names = [name for _, name, _, _ in Formatter().parse(form.label) if name]
    plain = [name for name in names if form.fields[name].type == "text" and name != "local_id"]
    return {plain[0]: text.strip()} if plain and text.strip() else {}


def _is_empty(row: FieldRow, draft: Draft) -> bool:
    return all(draft.value(spot) is None for spot in row.spots())
