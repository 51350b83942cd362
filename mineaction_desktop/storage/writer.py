"""Writing: one transaction, in which every change leaves its entry in the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, event
from sqlalchemy.orm import ORMExecuteState, Session

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record, kinds
from mineaction_desktop.storage import changes, recording
from mineaction_desktop.storage.ids import new_id
from mineaction_desktop.storage.numbers import Numbers
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.recording import Change, Stamp
from mineaction_desktop.storage.rows import RowWriter

NO_REASON = mark("Say why this record is hidden or shown again; the reason is kept with it.")


class Writer(Reader):
    """A transaction that changes records; :meth:`Store.write` commits it or takes it back.

    Change the attributes of records taken from ``session`` and they are saved, each change with
    its old and new value. JSON values are replaced as a whole, never changed in place.
    """

    def __init__(
        self, connection: Connection, created_at: datetime, stamp: Stamp, reason: str | None
    ) -> None:
        super().__init__(connection, created_at, autoflush=True)
        self.batch = stamp.batch
        self.stamp = stamp
        self._reason = reason
        self._reasons: dict[str, str] = {}
        self._numbers = Numbers(connection)
        event.listen(self.session, "before_flush", self._before_flush)
        event.listen(self.session, "do_orm_execute", _refuse_unrecorded)

    def add(self, *records: Record) -> None:
        """Add records, each with the next readable number of its kind unless it has one.

        A record read earlier comes back with what was changed in it since; saving it fails if
        somebody else has changed it meanwhile.
        """
        for record in records:
            self._numbers.note(type(record), [record.local_id])
        for record in records:
            if not record.id:
                record.id = new_id()
            if not record.local_id:
                record.local_id = self._numbers.next(type(record))[0]
        self.session.add_all(records)

    def add_rows(self, kind: str, rows: Sequence[Mapping[str, object]]) -> list[str]:
        """Add many records of one kind from their values by field; return their identifiers."""
        self.session.flush()
        writer = RowWriter(self.connection, kinds()[kind], self.stamp, self._reason)
        return writer.write(rows, self._numbers)

    def hide(self, record: Record, reason: str) -> None:
        """Take a record out of sight and out of every figure; it stays in the register."""
        record.is_hidden, record.hidden_reason = True, self._give(record, reason)

    def unhide(self, record: Record, reason: str) -> None:
        """Show a hidden record again."""
        record.is_hidden, record.hidden_reason = False, None
        self._give(record, reason)

    def finish(self) -> None:
        """Write what is still pending, so that the transaction can be committed."""
        self.session.flush()
        self._numbers.save()
        recording.keep_end(self.connection)

    def _give(self, record: Record, reason: str) -> str:
        if not reason.strip():
            raise UserError(Message(NO_REASON))
        self._reasons[record.id] = reason
        return reason

    def _before_flush(self, session: Session, *_: object) -> None:
        self._refuse_deletion(session)
        made, changed = list(changes.created(session)), list(changes.updated(session))
        for record, _ in made:
            record.created_at, record.created_by, record.created_office = self.stamp[:3]
        for record, _ in (*made, *changed):
            record.updated_at, record.updated_by, record.updated_office = self.stamp[:3]
            self._numbers.note(type(record), [record.local_id])
        recording.append(self.connection, self.stamp, map(self._with_reason, (*made, *changed)))

    def _with_reason(self, found: tuple[Record, Change]) -> Change:
        record, change = found
        return change._replace(reason=self._reasons.pop(record.id, self._reason))

    @staticmethod
    def _refuse_deletion(session: Session) -> None:
        if session.deleted:
            raise RuntimeError("records are hidden, never deleted")


def _refuse_unrecorded(state: ORMExecuteState) -> None:
    """Changes in bulk would bypass the trail; reading is as free as ever."""
    if not state.is_select and not state.is_column_load and not state.is_relationship_load:
        raise RuntimeError("change records, or use add_rows: a statement leaves no trail")
