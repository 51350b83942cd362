"""What can be known about the place where a register lies, before touching it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "fuse.sshfs", "fuse.rclone"}
)
_REMOTE_DRIVE = 4


Presence = Literal["here", "away", "other"]
"""Whether a file lies where it was opened: it does, nothing does, or another file does."""


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from any other one at its place; nothing where no system can tell."""
    found = os.stat(path)  # noqa: PTH116 - Path raises other errors on a dead disk
    is_told = found.st_ino != 0 and not is_network(path)
    return (found.st_dev, found.st_ino) if is_told else None


def presence(path: Path, known: tuple[int, int] | None) -> Presence:
    """Whether the file of an identity still lies at its place."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return "away"
    is_same = known is None or known == (found.st_dev, found.st_ino)
    return "here" if is_same else "other"


def is_writable(path: Path) -> bool:
    """Whether the file and the folder around it can be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_network(path: Path) -> bool:
    """Whether the file lies on another computer, where a write-ahead log must not be used."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - windll exists on Windows only

        drive = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return path.anchor.startswith("\\\\") or drive == _REMOTE_DRIVE
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return kind_of_mount(path, mounts) in _NETWORK


def kind_of_mount(path: Path, mounts: str) -> str:
    """Return the file system that ``path`` lies on, by a table such as ``/proc/mounts``."""
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, found
    return kind
