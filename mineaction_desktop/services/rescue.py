"""Drafts as files of their own, for when the register itself cannot be written.

They lie in the user's own folder, not beside the register: a stick that was pulled out takes
nothing with it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mineaction_desktop import paths
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.services.draft_text import Draft, Purpose, as_text, content_from
from mineaction_desktop.storage.faults import in_words_of_the_disk

ENDING = ".draft"


@dataclass(frozen=True, slots=True)
class Rescued:
    """A draft in a file, and the register it was keyed for: its id, and its name for people."""

    path: Path
    draft: Draft
    register_id: str
    register_name: str


def rescue(
    draft: Draft,
    folder: Path | None = None,
    *,
    register_id: str = "",
    register_name: str = "",
    catalogue: Catalogue | None = None,
) -> Path:
    """Write a draft to a file in the user's own folder; it is whole or it is not there."""
    known = catalogue or load_catalogue()
    path = _path(draft.id, folder)
    said = {
        "draft": draft.id,
        "kind": draft.kind,
        "author": draft.author,
        "office": draft.office,
        "started_at": draft.started_at.isoformat(),
        "kept_at": draft.kept_at.isoformat(),
        "is_parked": draft.is_parked,
        "purpose": draft.purpose,
        "register_id": register_id,
        "register_name": register_name,
        "content": as_text(draft, known, _kept_before(path)),
    }
    with in_words_of_the_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as stream:
            json.dump(said, stream)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    return path


def rescued(folder: Path | None = None, *, catalogue: Catalogue | None = None) -> list[Rescued]:
    """The drafts in files, those kept last first; a file that says nothing is passed over."""
    known = catalogue or load_catalogue()
    place = folder or paths.rescue_dir()
    found = (_read(path, known) for path in sorted(place.glob(f"*{ENDING}")))
    whole = [one for one in found if one is not None]
    return sorted(whole, key=lambda one: one.draft.kept_at, reverse=True)


def forget_rescued(draft_id: str, folder: Path | None = None) -> None:
    """Remove the file of a draft that is safe elsewhere; one out of reach does no harm."""
    with suppress(OSError):
        _path(draft_id, folder).unlink(missing_ok=True)


def _path(draft_id: str, folder: Path | None) -> Path:
    return (folder or paths.rescue_dir()) / f"{draft_id}{ENDING}"


def _kept_before(path: Path) -> str | None:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["content"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(path: Path, catalogue: Catalogue) -> Rescued | None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        content, texts, unknown = content_from(said["kind"], said["content"], catalogue)
        purpose: Purpose = "second" if said["purpose"] == "second" else "entry"
        draft = Draft(
            id=said["draft"],
            content=content,
            author=said["author"],
            office=said["office"],
            started_at=datetime.fromisoformat(said["started_at"]),
            kept_at=datetime.fromisoformat(said["kept_at"]),
            texts=texts,
            is_parked=bool(said["is_parked"]),
            purpose=purpose,
            unknown=unknown,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Rescued(path, draft, said.get("register_id", ""), said.get("register_name", ""))
