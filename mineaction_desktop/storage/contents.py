"""The bytes of attached files, each kept once under its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import insert, select

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import attachment_content
from mineaction_desktop.storage.writer import Writer

ALTERED = mark(
    "The file kept under the fingerprint {sha256} was changed outside the program. "
    "Attach the original again, or restore a backup."
)
_AT_A_TIME = 10


def put(writer: Writer, content: bytes) -> str:
    """Keep the bytes of a file and return their SHA-256; what is kept already stays as it is."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not has(writer, sha256):
        row = insert(attachment_content).values(sha256=sha256, content=content)
        writer.connection.execute(row)
    return sha256


def has(reader: Reader, sha256: str) -> bool:
    """Whether the register keeps the file with this SHA-256."""
    wanted = select(attachment_content.c.sha256).where(attachment_content.c.sha256 == sha256)
    return reader.connection.execute(wanted).first() is not None


def get(reader: Reader, sha256: str) -> bytes | None:
    """Return the file with this SHA-256, if the register keeps it."""
    wanted = select(attachment_content.c.content).where(attachment_content.c.sha256 == sha256)
    content: bytes | None = reader.connection.execute(wanted).scalar_one_or_none()
    return content


def verify_contents(reader: Reader) -> Iterator[Problem]:
    """Name every file whose bytes are no longer those that were attached."""
    rows = reader.connection.execution_options(yield_per=_AT_A_TIME).execute(
        select(attachment_content).order_by(attachment_content.c.sha256)
    )
    for row in rows:
        if hashlib.sha256(row.content).hexdigest() != row.sha256:
            message = Message(ALTERED, {"sha256": row.sha256})
            yield Problem("STORE-005", message, Place(kind="attachment"))
