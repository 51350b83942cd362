"""The batch of a person: choosing records to key again, and how far the batch is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.second_keying import Item, entered_by, records_to_key
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.parts import card, large, soft
from mineaction_desktop.ui.quality.table import Line, Table
from mineaction_desktop.ui.theme import space

TITLE = mark("Second keying")
HELP = mark(
    "Records that another person entered are keyed again from the paper, without their values in "
    "sight. Then both are compared field by field."
)
CHOOSE = mark("Begin a batch")
KIND, WHO, DAY = mark("Kind of record"), mark("Entered by"), mark("Entered on")
EVERYBODY, EVERY_DAY = mark("Everybody else"), mark("Any day")
COUNTED = mark("{name} ({n})")
READY, READY_MANY = (
    mark("{n} record can be keyed again by you."),
    mark("{n} records can be keyed again by you."),
)
BEGIN = mark("Begin")
VERIFY = mark("Mark records as verified when they are settled")
BATCH = mark("Your batch")
LIST = mark("Records of your batch; Enter keys or compares one, Delete drops it from the batch")
NUMBER, KIND_TITLE, SOURCE, STATE = (
    mark("Number"),
    mark("Kind of record"),
    mark("Source"),
    mark("Progress"),
)
WAITING, KEYED = mark("To be keyed"), mark("Keyed; to be compared")
NOTHING = mark("No record is in your batch.")
DAYS = 14


class BatchPage(QWidget):
    """Begins batches and shows the one that is under way."""

    begun = Signal(str, object)
    """The kind and the ids of the records that are to be keyed again."""

    wanted = Signal(str)
    """A draft that is to be keyed or compared."""

    dropped = Signal(str)
    """A draft that is to leave the batch."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, session.desk
        say = self._desk.say
        self.kind, self.who, self.day = QComboBox(), QComboBox(), QComboBox()
        for box, title in ((self.kind, KIND), (self.who, WHO), (self.day, DAY)):
            box.setAccessibleName(say(title))
        self.count = soft("")
        self.begin_button = QPushButton(say(BEGIN))
        self.begin_button.setProperty("kind", "primary")
        self.begin_button.setAutoDefault(True)
        self.verify = QCheckBox(say(VERIFY))
        self.verify.setChecked(True)
        titles = [say(one) for one in (NUMBER, KIND_TITLE, SOURCE, STATE)]
        self.table = Table(say(LIST), titles)
        self.none = soft(say(NOTHING))
        self._ids: list[str] = []
        self._lay_out()
        self._fill()
        self.kind.currentIndexChanged.connect(self._show_people)
        self.who.currentIndexChanged.connect(self._show_count)
        self.day.currentIndexChanged.connect(self._show_count)
        self.begin_button.clicked.connect(self._begin)
        self.table.opened.connect(self.wanted)
        self.table.dropped.connect(self.dropped)
        self._show_people()

    def take_focus(self) -> None:
        """Put the keyboard on the batch, or on the choice if there is none."""
        target = self.table if self.table.topLevelItemCount() else self.kind
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_kind(self, kind: str) -> None:
        """Choose a kind of record."""
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def show_batch(self, items: Sequence[Item]) -> None:
        """Show the records of the batch."""
        forms, say = self._session.catalogue.forms, self._desk.say
        lines = [
            Line(
                one.draft.id,
                (
                    one.local_id,
                    say(forms[one.draft.kind].title) if one.draft.kind in forms else one.draft.kind,
                    one.source,
                    say(KEYED if one.is_keyed else WAITING),
                ),
                "copy-check" if one.is_keyed else "file-clock",
            )
            for one in items
        ]
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self._show_people()

    def _lay_out(self) -> None:
        frame, column = card()
        column.addWidget(large(self._desk.say(CHOOSE), 1.05))
        choice = QWidget()
        row = FlowLayout(choice, space(8))
        for title, box in ((KIND, self.kind), (WHO, self.who), (DAY, self.day)):
            label = QLabel(self._desk.say(title))
            label.setBuddy(box)
            pair = QWidget()
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, space(8), 0)
            beside.addWidget(label)
            beside.addWidget(box)
            row.addWidget(pair)
        row.addWidget(self.begin_button)
        column.addWidget(choice)
        column.addWidget(self.count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[space(16)] * 4)
        whole.setSpacing(space(8))
        whole.addWidget(large(self._desk.say(TITLE), 1.35))
        whole.addWidget(soft(self._desk.say(HELP)))
        whole.addWidget(frame)
        whole.addWidget(large(self._desk.say(BATCH), 1.05))
        whole.addWidget(self.none)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.verify)
        whole.addStretch(0)

    def _fill(self) -> None:
        words = self._desk.words
        forms = [one for one in self._session.catalogue.forms.values() if _can_be_keyed(one.kind)]
        for form in sorted(forms, key=lambda one: self._desk.order(words.gettext(one.plural))):
            self.kind.addItem(words.gettext(form.plural), form.kind)
        today = self._desk.today()
        self.day.addItem(self._desk.say(EVERY_DAY), None)
        for back in range(DAYS):
            day = today - timedelta(days=back)
            self.day.addItem(self._desk.day(day), day.isoformat())

    def _show_people(self, *_: object) -> None:
        kind, me = self.kind.currentData(), self._session.author.name
        chosen = self.who.currentData()
        with self._session.store.read() as reader:
            found = entered_by(reader, kind, me, self._desk.words)
        self.who.blockSignals(True)  # noqa: FBT003 - Qt's own word for it
        self.who.clear()
        self.who.addItem(self._desk.say(EVERYBODY), None)
        for one in found:
            text = self._desk.say(COUNTED, name=one.author, n=self._desk.number(one.count))
            self.who.addItem(text, one.author)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self.who.blockSignals(False)  # noqa: FBT003 - as above
        self._show_count()

    def _show_count(self, *_: object) -> None:
        day = self.day.currentData()
        with self._session.store.read() as reader:
            self._ids = records_to_key(
                reader,
                self.kind.currentData(),
                self._session.author.name,
                author=self.who.currentData(),
                day=date.fromisoformat(day) if day else None,
            )
        self.count.setText(self._desk.count(READY, READY_MANY, len(self._ids)))
        can_begin = bool(self._ids) and self._session.store.is_writable
        self.begin_button.setEnabled(can_begin)

    def _begin(self) -> None:
        self.begun.emit(self.kind.currentData(), list(self._ids))


def _can_be_keyed(kind: str) -> bool:
    """Identities are sealed, so nobody compares them."""
    return kind != "person_identity"
