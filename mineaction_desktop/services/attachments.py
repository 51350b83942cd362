"""Keeping files in the register: photographs, certificates, the texts of laws."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path, PurePath

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.records.reference import Attachment, OrdnanceType
from mineaction_desktop.services.content import Changes
from mineaction_desktop.services.hiding import hide
from mineaction_desktop.services.history import NO_SUCH_RECORD
from mineaction_desktop.services.photographs import look_at, without_place
from mineaction_desktop.storage.contents import get, put
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.queries import locate_record
from mineaction_desktop.storage.related import attachments_of
from mineaction_desktop.storage.store import Reader, Store, Writer

LIMIT_MB = 25

REASON = mark("file attached")
DETACHED = mark("attachment removed")
PASTED = mark("Pasted picture")

MISSING = mark("There is no file “{file}” in “{folder}”. Check the name and the folder.")
NOT_A_FILE = mark("“{file}” is a folder. Choose one file.")
UNREADABLE = mark("“{file}” may not be read. Ask for the right to read it, or copy it.")
EMPTY = mark("“{file}” is empty. Choose the file that holds the photograph or the paper.")
TOO_LARGE = mark(
    "“{file}” is larger than {limit} MB. Save it smaller, such as a photograph at 2,000 pixels or "
    "a scan in grey, and attach that file."
)
NO_TITLE = mark("The file needs a title that says what it shows.")
UNKNOWN_KIND = mark("There is no kind of file “{kind}”. Choose one of: {known}.")
NO_PHOTOGRAPH = mark(
    "“{file}” is no photograph that a report can print. Save it as JPEG or PNG and attach that "
    "file, or give another kind than “photograph”."
)

PHOTOGRAPH = "photograph"
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""Pictures that all files of a report can show, by their first bytes."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way into the register."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """The new record of a file, and the record it was attached to."""

    id: str
    local_id: str
    sha256: str
    subject: str | None
    is_photo_of_type: bool


def add_attachment(
    store: Store, path: Path, title: str, *, kind: str | None = None, subject: str | None = None
) -> Attached:
    """Keep a file in the register, attached to the record with a readable number if one is given.

    A photograph attached to a type of ordnance becomes the one that Form H prints.
    """
    if not title.strip():
        raise UserError(Message(NO_TITLE))
    return _keep(store, _File(path.name, _content(path)), title, kind, subject)


def attach_content(
    store: Store,
    content: bytes,
    file_name: str,
    subject: str,
    *,
    title: str | None = None,
    kind: str | None = None,
    keep_place: bool = True,
) -> Attached:
    """Keep what was pasted or dropped, attached to the record with a readable number.

    A picture is looked at first, so that no broken one is kept. ``keep_place`` says whether it
    may still tell where it was taken.
    """
    name = PurePath(file_name).name or PASTED
    _refuse_size(len(content), name)
    if is_picture(content):
        look_at(content, name)
        content = content if keep_place else without_place(content, name)
    said = (title or PurePath(name).stem).strip() or PASTED
    return _keep(store, _File(name, content), said, kind, subject)


def tells_place(content: bytes, file_name: str) -> bool:
    """Whether a file is a picture that says where it was taken; ``UserError`` if it is broken."""
    return is_picture(content) and look_at(content, file_name).tells_place


def attached_to(reader: Reader, kind: str, local_id: str) -> list[Attachment]:
    """The files attached to a record, in the order in which they were attached."""
    return attachments_of(reader, kind, local_id)


def detach(store: Store, attachment_id: str, reason: str = DETACHED) -> Changes:
    """Take an attached file out of sight; it stays in the register and can be shown again."""
    return hide(store, Attachment.__tablename__, [attachment_id], reason)


def is_picture(content: bytes) -> bool:
    """Whether a file is a picture that all files of a report can show."""
    return any(content.startswith(start) for start in _PICTURES)


def _keep(store: Store, file: _File, title: str, kind: str | None, subject: str | None) -> Attached:
    content = file.content
    media_type = _media_type(file.name, content)
    code = _kind_code(kind) or (PHOTOGRAPH if is_picture(content) else None)
    if code == PHOTOGRAPH and not is_picture(content):
        raise UserError(Message(NO_PHOTOGRAPH, {"file": file.name}))
    with store.write(REASON) as writer:
        target = _subject(writer, subject) if subject else None
        record = Attachment(
            title=title.strip(),
            kind=code,
            subject_kind=target.__tablename__ if target else None,
            subject_local_id=target.local_id if target else None,
            file_name=file.name,
            media_type=media_type,
            sha256=put(writer, content),
            size_bytes=len(content),
        )
        writer.add(record)
        shows_type = isinstance(target, OrdnanceType) and code == PHOTOGRAPH
        if isinstance(target, OrdnanceType) and shows_type:
            writer.session.flush()
            target.photo_id = record.id
        return Attached(
            record.id,
            record.local_id,
            str(record.sha256),
            target.local_id if target else None,
            shows_type,
        )


def attached_content(reader: Reader, attachment: Attachment) -> bytes | None:
    """The bytes of an attached file; nothing if only its description was recorded."""
    return get(reader, attachment.sha256) if attachment.sha256 else None


def _content(path: Path) -> bytes:
    values = {"file": path.name, "folder": str(path.parent)}
    if path.is_dir():
        raise UserError(Message(NOT_A_FILE, values))
    try:
        _refuse_size(path.stat().st_size, path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(Message(MISSING, values)) from error
    except OSError as error:
        raise UserError(Message(UNREADABLE, values)) from error
    _refuse_size(len(content), path.name)
    return content


def _refuse_size(size: int, name: str) -> None:
    if size > LIMIT_MB * 1_000_000:
        raise UserError(Message(TOO_LARGE, {"file": name, "limit": LIMIT_MB}))
    if not size:
        raise UserError(Message(EMPTY, {"file": name}))


def _media_type(name: str, content: bytes) -> str | None:
    """What a file is: its first bytes say more than its name."""
    for start, media_type in _PICTURES.items():
        if content.startswith(start):
            return media_type
    guessed, _ = mimetypes.guess_type(name)
    return None if guessed in _PICTURES.values() else guessed


def _kind_code(kind: str | None) -> str | None:
    if kind is None:
        return None
    known = load_catalogue().choices("attachment_kind")
    found = known.find(kind)
    if found is None:
        codes = ", ".join(choice.code for choice in known)
        raise UserError(Message(UNKNOWN_KIND, {"kind": kind, "known": codes}))
    return found.code


def _subject(writer: Writer, name: str) -> Record:
    found = locate_record(writer, name)
    if found is None:
        raise UserError(Message(NO_SUCH_RECORD, {"name": name}))
    kind, record_id = found
    return records_by_id(writer, kind, [record_id])[record_id]
