"""Records that wait to be finished: laid aside, or left when the computer stopped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.unfinished import (
    Unfinished,
    drop,
    put_back,
    take,
    unfinished,
)
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.parts import large, lead, soft
from mineaction_desktop.ui.quality.moments import moment
from mineaction_desktop.ui.quality.table import Line, Table
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.theme import em, space

TITLE = mark("Unfinished records")
HELP = mark("Enter goes on with a record. Delete drops it; that can be taken back.")
LIST = mark("Unfinished records; Enter goes on with one, Delete drops it")
RECORD, STATE, WHO, KEPT, MISSING = (
    mark("Record"),
    mark("Progress"),
    mark("By"),
    mark("Kept"),
    mark("Missing"),
)
LAID_ASIDE = mark("Laid aside")
LEFT = mark("Interrupted")
IN_FILE = mark("Rescued in a file")
NAMED = mark("{title}: {name}")
NONE = mark("Nothing is unfinished. What you lay aside while keying waits here.")
HOLDS = mark("What it holds")
LACKS = mark("What is missing or wrong")
COMPLETE = mark("Nothing is missing; open it and save.")
GO_ON = mark("Go on with it")
DROP = mark("Drop it")
DROPPED = mark("“{name}” was dropped.")
UNDO = mark("Undo")
UNKNOWN = mark("Records of this kind are not known here. It is kept as it is.")


class UnfinishedScreen(Screen):
    """The list of drafts and, beside it, what the chosen one holds and lacks."""

    key = "unfinished"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, session.desk
        self._found: dict[str, Unfinished] = {}
        say = self._desk.say
        titles = [say(one) for one in (RECORD, STATE, WHO, KEPT, MISSING)]
        self.table = Table(say(LIST), titles, numbers=(4,))
        self.none, self.help = soft(say(NONE)), soft(say(HELP))
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.table)
        self.parts.addWidget(self._beside)
        self.parts.setSizes([em(42), em(20)])
        self.open_button, self.drop_button = QPushButton(), QPushButton()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[space(16)] * 4)
        whole.setSpacing(space(8))
        whole.addWidget(large(self.title(), 1.35))
        whole.addWidget(self.help)
        whole.addWidget(self.none)
        whole.addWidget(self.parts, 1)
        whole.addStretch(0)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self.open)
        self.table.dropped.connect(self.drop)
        session.changed.connect(self.read)
        session.looked_over.connect(self.read)
        self.read()

    def title(self) -> str:
        return self._desk.say(TITLE)

    def handlers(self) -> Handlers:
        if not self.table.key() or not self._session.store.is_writable:
            return {}
        return {"record.hide": lambda: self.drop(self.table.key())}

    def place_focus(self) -> None:
        self.read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> object:
        return self.parts.sizes()

    def restore_state(self, state: object) -> None:
        if isinstance(state, list) and len(state) == self.parts.count():
            self.parts.setSizes([one for one in state if isinstance(one, int)])

    def read(self, *_: object) -> None:
        """Read the drafts again."""
        session = self._session
        found = unfinished(session.store, session.catalogue, self._desk.words)
        self._found = {one.draft.id: one for one in found}
        self.table.show_lines([self._line(one) for one in found])
        self.none.setVisible(not found)
        self.help.setVisible(bool(found))
        self.parts.setVisible(bool(found))
        self.handlers_changed.emit()

    def open(self, key: str) -> None:
        """Go on with a draft."""
        one = self._found[key]
        if one.draft.kind not in self._session.catalogue.forms:
            self.notice(Notice(self._desk.say(UNKNOWN), "info", "unfinished"))
            return
        try:
            take(self._session.store, self._session.catalogue, one)
        except UserError as error:
            self.notice(Notice(error.render(self._desk.words), "error", "unfinished"))
            return
        self.go.emit(one.address)

    def drop(self, key: str) -> None:
        """Drop a draft; the notice takes it back."""
        one, session = self._found[key], self._session
        try:
            drop(session.store, one)
        except UserError as error:
            self.notice(Notice(error.render(self._desk.words), "error", "unfinished"))
            return
        self.read()

        def back() -> None:
            put_back(session.store, session.catalogue, one)
            self.read()

        text = self._desk.say(DROPPED, name=self._name(one))
        self.notice(Notice(text, "info", "unfinished", (self._desk.say(UNDO), back)))

    def _line(self, one: Unfinished) -> Line:
        say = self._desk.say
        state, icon, tone = LEFT, "triangle-alert", "warning"
        if one.file is not None:
            state, icon = IN_FILE, "file"
        elif one.draft.is_parked:
            state, icon, tone = LAID_ASIDE, "file-clock", "text_soft"
        kept = moment(self._desk, one.draft.kept_at)
        lacks = self._desk.number(len(one.lacks))
        return Line(
            one.draft.id, (self._name(one), say(state), one.draft.author, kept, lacks), icon, tone
        )

    def _name(self, one: Unfinished) -> str:
        return self._desk.say(NAMED, title=one.title, name=one.name) if one.name else one.title

    def _show(self, key: str) -> None:
        one = self._found.get(key)
        if one is None:
            self._beside.setWidget(QWidget())
            return
        page, say = QWidget(), self._desk.say
        column = QVBoxLayout(page)
        column.setContentsMargins(*[space(12)] * 4)
        column.addWidget(large(self._name(one), 1.1))
        column.addWidget(large(say(LACKS), 1.0))
        for problem in one.lacks:
            column.addWidget(_said(problem.message.render(self._desk.words)))
        if not one.lacks:
            column.addWidget(soft(say(COMPLETE)))
        column.addSpacing(space(8))
        column.addWidget(large(say(HOLDS), 1.0))
        form = QFormLayout()
        for held in one.holds:
            form.addRow(soft(held.label), _said(held.text))
        column.addLayout(form)
        column.addSpacing(space(8))
        self._add_buttons(column, key)
        column.addStretch(1)
        self._beside.setWidget(page)

    def _add_buttons(self, column: QVBoxLayout, key: str) -> None:
        is_writable = self._session.store.is_writable
        self.open_button = QPushButton(self._desk.say(GO_ON))
        self.open_button.setProperty("kind", "primary")
        self.open_button.clicked.connect(lambda: self.open(key))
        self.drop_button = QPushButton(self._desk.say(DROP))
        self.drop_button.clicked.connect(lambda: self.drop(key))
        for button in (self.open_button, self.drop_button):
            button.setEnabled(is_writable)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _said(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    lead(label)
    return label
