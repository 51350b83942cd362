"""Files kept in the register: whole, once, and attached to what they belong to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from registers import AUTHOR, behind_the_back, new_store, ordnance_type, organisation, unsound
from sqlalchemy import func, select

from mineaction_desktop.cli.main import run
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.records.reference import Attachment, OrdnanceType
from mineaction_desktop.services.attachments import add_attachment, attached_content
from mineaction_desktop.services.history import trail_entries
from mineaction_desktop.storage.contents import get, put
from mineaction_desktop.storage.store import Store
from mineaction_desktop.storage.tables import attachment_content

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with one type of mine and one organisation."""
    with new_store(tmp_path) as store, store.write() as writer:
        writer.add(ordnance_type())
        writer.add(organisation())
    return store.path


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_photograph_of_a_type_becomes_its_photograph(path: Path, tmp_path: Path) -> None:
    photo = file(tmp_path, "PMN.jpg", JPEG)
    with Store.open(path, AUTHOR, write=True) as store:
        made = add_attachment(store, photo, " PMN from above ", subject="ORD-000001")
        with store.read() as reader:
            attachment = reader.session.scalars(select(Attachment)).one()
            mine = reader.session.scalars(select(OrdnanceType)).one()
            assert attached_content(reader, attachment) == JPEG
        assert made.is_photo_of_type
        assert mine.photo_id == attachment.id == made.id
        assert (attachment.title, attachment.kind) == ("PMN from above", "photograph")
        assert (attachment.media_type, attachment.size_bytes) == ("image/jpeg", len(JPEG))
        assert (attachment.subject_kind, attachment.subject_local_id) == (
            "ordnance_type",
            "ORD-000001",
        )
        assert trail_entries(store, record="ORD-000001")[-1].changes == {
            "photo_id": (None, attachment.id)
        }
        assert unsound(store) == []


@pytest.mark.parametrize(
    ("name", "content", "kind", "subject", "stored", "media_type"),
    [
        ("act.pdf", b"%PDF-1.7", "Certificate", "ORD-000001", "certificate", "application/pdf"),
        ("form.png", PNG, "paper_form", "ORD-000001", "paper_form", "image/png"),
        ("hq.png", PNG, None, "ORG-000001", "photograph", "image/png"),
        ("hq.data", PNG, None, None, "photograph", "image/png"),
        ("false.jpg", b"no picture", None, None, None, None),
        ("note.txt", b"text", None, None, None, "text/plain"),
    ],
)
def test_other_files_leave_the_type_without_a_photograph(
    path: Path,
    tmp_path: Path,
    name: str,
    content: bytes,
    kind: str | None,
    subject: str | None,
    stored: str | None,
    media_type: str | None,
) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        paper = file(tmp_path, name, content)
        made = add_attachment(store, paper, "Paper", kind=kind, subject=subject)
        with store.read() as reader:
            attachment = reader.session.scalars(select(Attachment)).one()
            mine = reader.session.scalars(select(OrdnanceType)).one()
    assert not made.is_photo_of_type
    assert mine.photo_id is None
    assert attachment.subject_local_id == subject
    assert (attachment.kind, attachment.media_type) == (stored, media_type)


def test_the_same_file_is_kept_once(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with store.write() as writer:
            names = {put(writer, JPEG), put(writer, JPEG), put(writer, PNG)}
        with store.read() as reader:
            count = reader.connection.scalar(select(func.count()).select_from(attachment_content))
            assert {get(reader, name) for name in names} == {JPEG, PNG}
            assert get(reader, "0" * 64) is None
    assert count == 2


@pytest.mark.parametrize(
    ("name", "size", "options", "words"),
    [
        ("missing.jpg", None, {}, "no file “missing.jpg”"),
        (".", None, {}, "is a folder"),
        ("empty.jpg", 0, {}, "is empty"),
        ("large.jpg", 25_000_001, {}, "larger than 25 MB"),
        ("a.jpg", 300, {"title": "  "}, "needs a title"),
        ("a.jpg", 300, {"kind": "hologram"}, "no kind of file “hologram”"),
        ("a.pdf", 300, {"kind": "photograph"}, "no photograph"),
        ("a.jpg", 300, {"subject": "ORD-999999"}, "no record “ORD-999999”"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_plain_words(
    path: Path, tmp_path: Path, name: str, size: int | None, options: dict[str, str], words: str
) -> None:
    if size is not None:
        with (tmp_path / name).open("wb") as out:
            out.write(JPEG[: min(size, 4)] if name.endswith(".jpg") else b"%PDF")
            out.truncate(size)
    with Store.open(path, AUTHOR, write=True) as store:
        with pytest.raises(UserError, match=words):
            add_attachment(store, tmp_path / name, **{"title": "Title", **options})
        with store.read() as reader:
            assert reader.session.scalars(select(Attachment)).all() == []


def test_a_file_changed_on_disk_is_named(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store, store.write() as writer:
        sha256 = put(writer, JPEG)
    behind_the_back(
        path,
        "DROP TRIGGER attachment_content_no_update",
        "UPDATE attachment_content SET content = x'00'",
    )
    with Store.open(path) as store:
        (problem,) = unsound(store)
    assert problem.code == "STORE-005"
    assert sha256 in str(problem.message)


def test_the_command_attaches_a_photograph(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = file(tmp_path, "PMN.jpg", JPEG)
    call = ["attach", str(path), str(photo), "--title", "PMN", "--to", "ORD-000001", "--json"]
    assert run(call) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["local_id"], made["is_photo_of_type"]) == ("ATT-000001", True)
    assert run(["attach", str(path), str(tmp_path / "no.jpg"), "--title", "PMN"]) == 2
    assert "no file “no.jpg”" in capsys.readouterr().err
