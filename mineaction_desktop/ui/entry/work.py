"""The record that an editor has open: bringing it, saving it, and what the last one held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from mineaction_desktop.domain.problems import Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services import drafts
from mineaction_desktop.services.browsing import ListQuery, first_rows, record_ids
from mineaction_desktop.services.editing import (
    Changes,
    ConflictError,
    Content,
    InvalidError,
    Saved,
    Side,
    blank,
    copy_of,
    hide,
    open_record,
    save,
    settle,
    unhide,
)
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.keeping import Keeper
from mineaction_desktop.ui.entry.scenes import Scenes
from mineaction_desktop.ui.entry.sheet import Sheet, Spot, errors
from mineaction_desktop.ui.entry.taking import start
from mineaction_desktop.ui.register_work import bring_drafts_back

DRAFT_GONE = mark("This draft is not there any more. Perhaps it was saved from another window.")
DELETED = mark("deleted in the editor")
BROUGHT_BACK = mark("deletion taken back")
OWN = frozenset({"local_id", "external_id", "review_state"})
"""The fields that no record takes from another."""

_last: WeakKeyDictionary[Session, dict[str, Content]] = WeakKeyDictionary()


class State(Enum):
    """How safe the open record is."""

    NEW = "new"
    SAVED = "saved"
    KEPT = "kept"
    TROUBLE = "trouble"
    DELETED = "deleted"


class Work(QObject):
    """Holds the draft; the screen shows it and asks for things to be done."""

    loaded = Signal()
    """Another record is open, or the same one as it was saved; its ``state`` too is another."""

    state_changed = Signal()
    """The record is as safe as ``state`` says now."""

    def __init__(self, session: Session, scenes: Scenes, content: Content, today: date) -> None:
        super().__init__()
        self.session, self.scenes, self._today = session, scenes, today
        self.at: datetime | None = None
        self.is_changed_elsewhere = False
        self.is_saving = False
        self.was_taken_up = False
        self.draft = Draft(self._sheet(content, {}), scenes.linked, parent=self)
        self.keeper = Keeper(session, self.draft, drafts.new_draft(content, session.author), self)
        self.keeper.kept.connect(self._on_kept)
        for signal in (self.keeper.trouble, self.keeper.relieved, self.keeper.dropped):
            signal.connect(self.state_changed)
        self._is_hidden = content.is_hidden

    # what is open

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.draft.sheet.kind

    @property
    def state(self) -> State:
        """How safe the record is."""
        if self.keeper.is_in_trouble:
            return State.TROUBLE
        if self._is_hidden:
            return State.DELETED
        if self.draft.is_touched:
            return State.KEPT
        return State.NEW if self.draft.sheet.is_new() else State.SAVED

    @property
    def is_writable(self) -> bool:
        """Whether the register was opened for writing."""
        return self.session.store.is_writable

    # opening

    def open_new(self, carried: Mapping[str, object] | None = None) -> None:
        """Begin a new record."""
        content = blank(self.session.catalogue, self.kind, carried=carried, today=self._today)
        sheet = self._sheet(content, {}, carried or {})
        start(sheet, "", self.scenes.linked)
        self._adopt(sheet, content)

    def open_record(self, record_id: str) -> None:
        """Open a record; what was begun on it and not saved is taken up again."""
        self._bring_back()
        with self.session.store.read() as reader:
            content = open_record(reader, self.session.catalogue, self.kind, record_id)
            begun = drafts.open_drafts(
                reader, record_id=record_id, catalogue=self.session.catalogue
            )
        found = next((one for one in begun if one.author == self.session.author.name), None)
        if found is None or not self.is_writable:
            self._take(content)
        else:
            self._take_up(found)

    def open_draft(self, draft_id: str) -> None:
        """Take up a draft again."""
        self._bring_back()
        with self.session.store.read() as reader:
            found = drafts.read_draft(reader, draft_id, catalogue=self.session.catalogue)
        if found is None:
            raise UserError(Message(DRAFT_GONE))
        self._take_up(found)

    def _bring_back(self) -> None:
        """Have what lies in files in the register first, so that nothing older is taken up."""
        if self.is_writable:
            bring_drafts_back(self.session.store, self.session.catalogue)

    def duplicate(self) -> None:
        """Begin a new record that says the same."""
        content = copy_of(self.session.catalogue, self.draft.sheet.content())
        self._take(content, was_kept=True)
        self.keeper.keep()
        self.state_changed.emit()

    def discard(self, record_id: str) -> None:
        """Forget what was not saved, and show the record as the register has it.

        If another record is open by now, nothing is done: its draft is somebody's work.
        """
        if self.draft.sheet.id != record_id:
            return
        self.keeper.drop()
        if self.draft.sheet.is_new():
            self.open_new()
        else:
            record_id = self.draft.sheet.id
            with self.session.store.read() as reader:
                self._take(open_record(reader, self.session.catalogue, self.kind, record_id))

    def _take_up(self, found: drafts.Draft) -> None:
        self.was_taken_up = True
        self._take(found.content, texts=found.texts, was_kept=True, stored=found, at=found.kept_at)

    def _take(
        self,
        content: Content,
        *,
        texts: Mapping[str, str] | None = None,
        was_kept: bool = False,
        stored: drafts.Draft | None = None,
        at: datetime | None = None,
    ) -> None:
        sheet = self._sheet(content, texts or {})
        self._adopt(sheet, content, was_kept=was_kept, stored=stored, at=at)

    def _adopt(
        self,
        sheet: Sheet,
        content: Content,
        *,
        was_kept: bool = False,
        stored: drafts.Draft | None = None,
        at: datetime | None = None,
    ) -> None:
        self.draft.adopt(sheet, was_kept=was_kept)
        self.keeper.follow(stored or drafts.new_draft(content, self.session.author))
        self.at, self._is_hidden, self.is_changed_elsewhere = at, content.is_hidden, False
        self.loaded.emit()

    def _sheet(
        self, content: Content, texts: Mapping[str, str], given: Collection[str] = ()
    ) -> Sheet:
        return Sheet(
            self.session.catalogue,
            content,
            today=self._today,
            reading=self.scenes.reading,
            texts=texts,
            given=given,
        )

    def _on_kept(self, at: datetime) -> None:
        self.at = at
        self.state_changed.emit()

    # saving

    def save(self, reason: str | None = None) -> list[tuple[Spot, Problem]]:
        """Save the record; what stands in the way, nothing if it was saved.

        Raises :class:`ConflictError` if somebody else has changed it too, and ``UserError`` if
        the register cannot be written.
        """
        found = errors(self.draft.sheet.problems())
        if found:
            return found
        return self._save(self.draft.sheet.content(), reason)

    def settle(
        self, conflict: ConflictError, choices: Mapping[str, Side]
    ) -> list[tuple[Spot, Problem]]:
        """Save the record with the side chosen for each field that two people have changed."""
        return self._save(settle(self.draft.sheet.content(), conflict, choices), None)

    def _save(self, content: Content, reason: str | None) -> list[tuple[Spot, Problem]]:
        try:
            saved = save(
                self.session.store,
                self.session.catalogue,
                content,
                reason=reason,
                draft_id=self.keeper.draft_id,
                today=self._today,
            )
        except InvalidError as error:
            return [(self._spot(one), one) for one in error.problems]
        self._saved(saved)
        return []

    def _saved(self, saved: Saved) -> None:
        self.keeper.forget()
        _last.setdefault(self.session, {})[self.kind] = saved.content
        self._take(saved.content, at=saved.at)
        self.session.kept.emit(saved.at)
        self.scenes.forget(saved.changes.touched)
        self._tell(saved.changes)

    def _tell(self, changes: Changes) -> None:
        """Tell the other screens; to this one it is no news."""
        self.is_saving = True
        try:
            self.session.tell(changes)
        finally:
            self.is_saving = False

    def _spot(self, problem: Problem) -> Spot:
        row = problem.place.record_id
        return Spot(problem.place.field or "", "" if row in {None, self.draft.sheet.id} else row)

    def begin_next(self, pins: frozenset[str]) -> None:
        """Begin the next record with the values of the pinned fields."""
        values = self.draft.sheet.values()
        self.open_new({n: values[n] for n in pins if n not in OWN and values.get(n) is not None})

    def hide(self) -> Changes:
        """Take the record out of sight."""
        reason = self.session.desk.say(DELETED)
        changes = hide(self.session.store, self.kind, [self.draft.sheet.id], reason)
        self._hidden(changes, is_hidden=True)
        return changes

    def unhide(self, record_id: str) -> None:
        """Bring a record back that was deleted here; another one may be open by now."""
        reason = self.session.desk.say(BROUGHT_BACK)
        changes = unhide(self.session.store, self.kind, [record_id], reason)
        if self.draft.sheet.id == record_id:
            self._hidden(changes, is_hidden=False)
        else:
            self._tell(changes)

    def _hidden(self, changes: Changes, *, is_hidden: bool) -> None:
        self.keeper.drop()
        self._tell(changes)
        with self.session.store.read() as reader:
            content = open_record(reader, self.session.catalogue, self.kind, self.draft.sheet.id)
        self._take(replace(content, is_hidden=is_hidden))

    # the record before

    def previous(self) -> Mapping[str, object]:
        """The values of the record of this kind that was saved last."""
        known = _last.setdefault(self.session, {})
        if self.kind not in known:
            store, catalogue = self.session.store, self.session.catalogue
            latest = first_rows(store, catalogue, ListQuery(self.kind, sort=(("local_id", True),)))
            for record_id in record_ids(store, self.kind, latest[:1]):
                with store.read() as reader:
                    known[self.kind] = open_record(reader, catalogue, self.kind, record_id)
        return known[self.kind].values if self.kind in known else {}
