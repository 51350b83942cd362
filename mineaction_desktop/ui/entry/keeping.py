"""Keeping a draft: on the disk after every step, and in a file elsewhere if that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import thread_time

from PySide6.QtCore import QObject, QTimer, Signal

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services import drafts
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.draft import Draft

NOT_KEPT = mark(
    "What you typed is safe in a file of this computer, but not yet in the register; the program "
    "goes on trying. {reason}"
)
NOT_KEPT_ANYWHERE = mark(
    "What you typed cannot be kept on any disk just now. It is in this window only: leave it open; "
    "the program goes on trying. {reason}"
)
LONGEST_WAIT = 30_000
FIRST_WAIT = 1_000
SLOW = 0.03
"""A draft that takes more seconds of our own work than this is kept ``SOON`` after a step."""
SOON = 300
"""In milliseconds: what is committed meanwhile goes with it, well within a second."""


class Keeper(QObject):
    """Has everything that a person committed on the disk before the next key is read."""

    kept = Signal(object)
    """``datetime``: the draft is on the disk."""

    trouble = Signal(object)
    """``UserError``: it is not; the next step or the clock tries again."""

    dropped = Signal()
    """There is no draft on the disk any more: every step was taken back."""

    relieved = Signal()
    """It is on the disk again after trouble."""

    def __init__(
        self, session: Session, draft: Draft, stored: drafts.Draft, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.keep)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.keep)
        self.follow(stored)
        draft.changed.connect(self._on_changed)

    def follow(self, stored: drafts.Draft) -> None:
        """Keep what the draft holds from now on as another one on the disk."""
        self._stored = stored
        self._is_on_disk = self._draft.is_touched
        self._cost = 0.0
        self._wait = 0
        self._is_rescued = False
        self._again.stop()
        self._soon.stop()

    @property
    def draft_id(self) -> str:
        """Under which the draft is kept."""
        return self._stored.id

    @property
    def is_in_trouble(self) -> bool:
        """Whether the last try has failed."""
        return self._wait > 0

    @property
    def is_rescued(self) -> bool:
        """Whether a file holds what the register could not take."""
        return self._is_rescued

    def snapshot(self) -> drafts.Draft:
        """The draft as it is now."""
        sheet = self._draft.sheet
        return replace(self._stored, content=sheet.content(), texts=sheet.texts())

    def _on_changed(self, _: object) -> None:
        """Keep every step at once, unless the draft has grown so large that typing would wait."""
        if self._cost <= SLOW:
            self.keep()
        elif not self._soon.isActive():  # a step never puts off the one before it
            self._soon.start()

    def keep(self) -> bool:
        """Have the draft on the disk, or no draft if there is nothing in it; whether it worked."""
        self._soon.stop()
        if self._draft.is_touched:
            return self._try(self._keep)
        return self._try(self._drop) if self._is_on_disk else True

    def park(self) -> bool:
        """Keep the draft as a record that the person has put aside unfinished."""
        self._stored = replace(self._stored, is_parked=True)
        return self._try(self._keep)

    def drop(self) -> bool:
        """Forget the draft, because there is nothing in it that anybody would miss."""
        return self._try(self._drop) if self._is_on_disk else True

    def forget(self) -> None:
        """The draft has become a record: nothing is on the disk under its id."""
        self._is_on_disk = False
        self._soon.stop()
        self._calm()

    def stop(self) -> None:
        """Let the draft be: it is on a disk, and somebody else may key on in it."""
        self._draft.changed.disconnect(self._on_changed)
        if self._soon.isActive():
            self.keep()
        self._again.stop()

    def _keep(self) -> datetime:
        began = thread_time()
        draft = self.snapshot()
        at = drafts.keep_draft(self._session.store, draft, catalogue=self._session.catalogue)
        self._stored = replace(self._stored, kept_at=at)
        self._is_on_disk = True
        self._cost = thread_time() - began
        return at

    def _drop(self) -> None:
        self._soon.stop()
        drafts.drop_draft(self._session.store, self._stored.id)
        self._is_on_disk = False
        self.dropped.emit()

    def _try(self, act: Callable[[], datetime | None]) -> bool:
        try:
            at = act()
        except Exception as error:  # noqa: BLE001 - whatever the disk does, nothing typed may go
            self._fail(error)
            return False
        self._calm()
        if at is not None:
            self.kept.emit(at)
            self._session.kept.emit(at)
        return True

    def _calm(self) -> None:
        was_in_trouble, self._wait = self.is_in_trouble, 0
        self._is_rescued = False
        self._again.stop()
        if was_in_trouble:
            self.relieved.emit()

    def _fail(self, error: Exception) -> None:
        """Put the draft into a file elsewhere, say so, and try again later and later."""
        reason = error.message if isinstance(error, UserError) else Message(_plain(error))
        text, self._is_rescued = NOT_KEPT, True
        at = drafts.next_moment(self._stored)
        try:
            drafts.rescue(
                replace(self.snapshot(), kept_at=at),
                register_id=self._session.store.info.id,
                register_name=self._session.path.name,
                catalogue=self._session.catalogue,
            )
        except Exception:  # noqa: BLE001 - as above: then the window alone holds it
            text, self._is_rescued = NOT_KEPT_ANYWHERE, False
        else:
            self._stored = replace(self._stored, kept_at=at)
        self._wait = min(max(self._wait * 2, FIRST_WAIT), LONGEST_WAIT)
        self._again.start(self._wait)
        told = UserError(Message(text, {"reason": reason}))
        self.trouble.emit(told)
        self._session.trouble.emit(told)


def _plain(error: Exception) -> str:
    """What an unexpected error says, without braces that a template would take for names."""
    words = str(error) or type(error).__name__
    return words.replace("{", "(").replace("}", ")")
