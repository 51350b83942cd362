"""The files of the open record, as its panel asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QImageReader

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services import attachments
from mineaction_desktop.services.content import changes_of
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.context import Attached

NOT_THERE = mark("The register keeps no file for “{file}”, only what was written about it.")
THUMBNAIL = 160
"""The longer side of a thumbnail, in pixels: enough for a screen of high density."""


class RecordFiles:
    """Adds, shows and takes off the files of one record of the register."""

    def __init__(self, session: Session, kind: str, record_id: str, local_id: str) -> None:
        self._session, self._kind = session, kind
        self._id, self._number = record_id, local_id
        self._thumbnails: dict[str, bytes | None] = {}
        self._shown: QTemporaryDir | None = None

    @property
    def largest(self) -> int:
        """How many bytes a file may have."""
        return attachments.LIMIT_MB * 1_000_000

    def attached(self) -> Sequence[Attached]:
        """The files of the record, oldest first."""
        with self._session.store.read() as reader:
            known = attachments.attached_to(reader, self._kind, self._number)
            for one in known:
                if one.id not in self._thumbnails:
                    content = attachments.attached_content(reader, one)
                    self._thumbnails[one.id] = _small(content or b"")
        return [
            Attached(
                one.id,
                one.title or one.local_id,
                one.file_name or "",
                one.size_bytes or 0,
                self._thumbnails[one.id],
            )
            for one in known
        ]

    def tells_position(self, content: bytes, name: str) -> bool:
        """Whether a photograph says where it was taken; ``UserError`` if it is broken."""
        return attachments.tells_place(content, name)

    def add(self, name: str, content: bytes, *, keep_position: bool) -> None:
        """Add a file, with or without the position that it holds."""
        store = self._session.store
        made = attachments.attach_content(
            store, content, name, self._number, keep_place=keep_position
        )
        touched = [("attachment", made.id)]
        if made.is_photo_of_type:
            touched.append((self._kind, self._id))
        self._session.tell(changes_of("", datetime.now(UTC), touched))

    def remove(self, attached: Attached) -> None:
        """Take a file off the record; it can be brought back in the list of attachments."""
        reason = self._session.desk.say(attachments.DETACHED)
        self._session.tell(attachments.detach(self._session.store, attached.id, reason))

    def path(self, attached: Attached) -> Path:
        """A copy of the file to open; it is gone when the editor is."""
        with self._session.store.read() as reader:
            known = attachments.attached_to(reader, self._kind, self._number)
            mine = [one for one in known if one.id == attached.id]
            content = attachments.attached_content(reader, mine[0]) if mine else None
        if content is None:
            raise UserError(Message(NOT_THERE, {"file": attached.file_name}))
        if self._shown is None:
            self._shown = QTemporaryDir()
        name = PurePath(attached.file_name.replace("\\", "/")).name or attached.id
        path = Path(self._shown.filePath(name))
        path.write_bytes(content)
        return path


def _small(content: bytes) -> bytes | None:
    """A picture as small as it is shown, read no larger than that; nothing if it is none."""
    if not attachments.is_picture(content):
        return None
    given = QBuffer()
    given.setData(content)
    given.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(given)
    reader.setAutoTransform(True)
    size = reader.size()
    reader.setScaledSize(
        size.scaled(QSize(THUMBNAIL, THUMBNAIL), Qt.AspectRatioMode.KeepAspectRatio)
    )
    picture = reader.read()
    if picture.isNull():
        return None
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub knows no devices
    return bytes(kept.data())
