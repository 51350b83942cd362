"""One search over all kinds of record."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services import searching
from mineaction_desktop.services.progress import Progress
from mineaction_desktop.services.searching import Hit
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.jobs import Job, Jobs
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.lists.cells import one_line
from mineaction_desktop.ui.lists.stopping import stopper
from mineaction_desktop.ui.parts import large, soft
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.theme import em, is_short, space

TITLE = mark("Search everything")
WORDS = mark("Words, numbers or names, in any script")
RESULTS = mark("Results; Enter opens a record")
RECORD, TEXT = mark("Record"), mark("Where it stands")
HELP = mark(
    "Each word is looked for from its beginning, with and without accents. Names that are sealed "
    "are not searched."
)
SEARCHING = mark("Searching…")
NOTHING = mark("Nothing holds all of these words.")
FOUND, FOUND_MANY = mark("{n} record found"), mark("{n} records found")
MORE = mark("{title} ({n} or more)")
GROUP = mark("{title} ({n})")
_LIMIT = 20
_WAIT = 180
_ADDRESS = Qt.ItemDataRole.UserRole


class SearchScreen(Screen):
    """Hits of all kinds in groups; the arrow keys go from the words to the hits."""

    searched = Signal()
    """The answer to the words is on the screen."""

    key = "search"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = Jobs()
        self._job: Job | None = None
        self._asked = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._search)
        self._build()
        self.destroyed.connect(self._close)
        session.changed.connect(lambda _: self._timer.start())

    def title(self) -> str:
        """What the window calls it."""
        return self._session.desk.say(TITLE)

    def handlers(self) -> Handlers:
        """Searching here is typing again."""
        return {"list.filter": self.place_focus, "list.search": self.place_focus}

    def place_focus(self) -> None:
        """Into the words, all chosen, so that typing begins anew."""
        self.line.setFocus()
        self.line.selectAll()

    def _build(self) -> None:
        desk = self._session.desk
        self.line = TypedLine()
        self.line.setPlaceholderText(desk.say(WORDS))
        self.line.setAccessibleName(desk.say(WORDS))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(lambda _: self._timer.start())
        self.line.installEventFilter(self)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([desk.say(RECORD), desk.say(TEXT)])
        self.tree.setAccessibleName(desk.say(RESULTS))
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setStyleSheet(f"QTreeView::item {{ height: {round(em(1.45))}px; }}")
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.header().resizeSection(0, em(26))
        self.tree.itemActivated.connect(lambda item, _: self._open(item))
        self.tree.installEventFilter(self)
        self.said = soft(desk.say(HELP))
        self.said.setToolTip(self.said.text())
        self._heading = large(self.title(), 1.35)
        head = QHBoxLayout()
        head.setSpacing(space(16))
        head.addWidget(self._heading)
        head.addWidget(self.line, 1)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(head)
        self._whole.addWidget(self.tree)
        self._whole.addWidget(self.said)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Narrow edges where the window is low."""
        short = is_short(self)
        edge = space(2 if short else 8)
        self._heading.setFont(large("", 1.1 if short else 1.35).font())
        self._whole.setContentsMargins(space(12), edge, space(12), edge)
        self._whole.setSpacing(edge)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.line and event.key() in _DOWN:
                return self._enter_hits()
            enters = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            item = self.tree.currentItem()
            if watched is self.tree and event.key() in enters and item is not None:
                self._open(item)
                return True
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        """Stop searching; what comes late is thrown away."""
        self._asked = "\0"
        self._jobs.close()

    def _enter_hits(self) -> bool:
        if self._timer.isActive():
            self._search()
        group = self.tree.topLevelItem(0)
        first = group.child(0) if group is not None else None
        if first is not None:
            self.tree.setCurrentItem(first)
            self.tree.setFocus()
        return True

    def _search(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        text, session = self.line.text().strip(), self._session
        self._asked = text
        if not text:
            self._show("", [])
            return
        self.said.setText(session.desk.say(SEARCHING))

        def work(report: Progress) -> list[Hit]:
            searching.catch_up(session.store, stopped=stopper(report))
            return searching.search_everywhere(
                session.store, session.catalogue, text, _LIMIT, session.desk.words
            )

        self._job = self._jobs.do(work, lambda found: self._show(text, found), self._fail)

    def _show(self, text: str, found: object) -> None:
        if text != self._asked or not isinstance(found, list):
            return
        desk = self._session.desk
        self.tree.clear()
        for kind, hits in searching.by_kind(found).items():
            self.tree.addTopLevelItem(self._group(kind, hits))
        self.tree.expandAll()
        if not text:
            self.said.setText(desk.say(HELP))
        else:
            count = desk.count(FOUND, FOUND_MANY, len(found))
            self.said.setText(count if found else desk.say(NOTHING))
        self.searched.emit()

    def _group(self, kind: str, hits: list[Hit]) -> QTreeWidgetItem:
        desk = self._session.desk
        title = desk.words.gettext(self._session.catalogue.form(kind).plural)
        template = MORE if len(hits) >= _LIMIT else GROUP
        group = QTreeWidgetItem([desk.say(template, title=title, n=desk.number(len(hits)))])
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        group.setData(0, _ADDRESS, f"list:{kind}")
        for hit in hits:
            name = hit.name if hit.local_id in hit.name else f"{hit.local_id} {hit.name}"
            snippet = "" if hit.snippet in name else hit.snippet  # it says nothing new
            item = QTreeWidgetItem([one_line(name), one_line(snippet)])
            item.setData(0, _ADDRESS, f"editor:{kind}:{hit.id}")
            group.addChild(item)
        return group

    def _open(self, item: QTreeWidgetItem) -> None:
        self.go.emit(str(item.data(0, _ADDRESS)))

    def _fail(self, error: object) -> None:
        if not isinstance(error, UserError):
            raise TypeError(error)
        self._session.trouble.emit(error)


_DOWN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})
