"""One writer at a time: a lock file beside the register that says who writes.

The lock is the operating system's, so it ends with the process however that ends; a file left
behind by a crash locks nothing.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

_PROBES = 5
_PAUSE = 0.02
_FAR_AWAY = 1 << 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the right to write, where and since when."""

    name: str
    office: str
    host: str
    process: int
    since: datetime


class HeldError(Exception):
    """Somebody else may write just now."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


class WriteLock:
    """The right to write to a register, from :meth:`acquire` to :meth:`release`."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        self._path = path
        self._stream = stream

    @classmethod
    def acquire(cls, register: Path, name: str, office: str) -> WriteLock:
        """Take the lock; raise :class:`HeldError` if another process or store has it."""
        path = lock_path(register)
        for _ in range(_PROBES):  # somebody may just be asking who holds it
            stream = _open(path)
            if not _lock(stream):
                stream.close()
            elif not _is_current(path, stream):
                stream.close()
                continue
            else:
                held = cls(path, stream)
                try:
                    _describe(stream, name, office)
                except BaseException:  # a full disk, for one
                    held.release()
                    raise
                return held
            time.sleep(_PAUSE)
        raise HeldError(_read(path))

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if sys.platform == "win32":
            self._stream.close()
            _remove(self._path)
        else:  # the other way round: once it is unlocked the file may be somebody else's
            if _is_current(self._path, self._stream):  # not that of a stick put in meanwhile
                _remove(self._path)
            self._stream.close()


def lock_path(register: Path) -> Path:
    """Return where the lock file of a register lies."""
    return register.with_name(register.name + ".lock")


def holder(register: Path) -> Holder | None:
    """Return who may write to the register just now, if anybody does."""
    path = lock_path(register)
    try:
        stream = path.open("rb")
    except OSError:
        return None
    with stream:
        return None if _lock(stream) else _read(path)


def _open(path: Path) -> IO[bytes]:
    # Without a buffer, so that closing never tries again what the disk has refused.
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "rb+", buffering=0)


def _is_current(path: Path, stream: IO[bytes]) -> bool:
    """Whether the locked file still is the one at ``path``, not one removed meanwhile."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except OSError:  # gone, or out of reach
        return False


def _describe(stream: IO[bytes], name: str, office: str) -> None:
    now = datetime.now(UTC)
    holds = Holder(name, office, platform.node(), os.getpid(), now)
    stream.truncate(0)
    stream.write(msgspec.json.encode(asdict(holds)))


def _read(path: Path) -> Holder | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # in use or out of reach: a file that nobody locks does no harm


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> bool:
        stream.seek(_FAR_AWAY)  # the words at the start stay readable to others
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            stream.seek(0)
        return True
else:
    import fcntl

    def _lock(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
