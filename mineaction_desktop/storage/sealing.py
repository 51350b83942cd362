"""Identities sealed field by field, so that a lost laptop tells nobody who a survivor is.

A random key seals the fields; a key made from the passphrase by Argon2id wraps that random key.
A new passphrase therefore wraps again and touches no field.
"""

from __future__ import annotations

import os
import unicodedata

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark

SHORTEST = 8
_KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_FORMAT = b"\x01"

TOO_SHORT = mark("The passphrase has fewer than {shortest} characters. Choose a longer one.")
WRONG = mark("The passphrase is not the right one. Check the keyboard layout and capital letters.")
UNREADABLE = mark(
    "A sealed field cannot be read: it was altered, or comes from another register. "
    "Restore the record from a backup."
)


class _Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """The key of a register as it is stored, with all it takes to unwrap it but the passphrase."""

    salt: bytes
    nonce: bytes
    key: bytes
    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 1


class FieldSealer:
    """Seals and opens single fields with the key of a register."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    def seal(self, text: str, /) -> bytes:
        """Return the text as bytes that only :meth:`open` can read."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes, /) -> str:
        """Return the text that was sealed."""
        start = len(_FORMAT)
        nonce, rest = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, rest, None).decode()
        except (InvalidTag, ValueError) as error:
            raise UserError(Message(UNREADABLE)) from error

    def wrapped(self, passphrase: str) -> str:
        """Return the key, wrapped by a passphrase, as text to be kept in the register."""
        if len(passphrase) < SHORTEST:
            raise UserError(Message(TOO_SHORT, {"shortest": SHORTEST}))
        blank = _Wrapped(salt=os.urandom(_SALT_BYTES), nonce=os.urandom(_NONCE_BYTES), key=b"")
        outer = AESGCM(_derived(passphrase, blank))
        full = msgspec.structs.replace(blank, key=outer.encrypt(blank.nonce, self._key, None))
        return msgspec.json.encode(full).decode()


def new_sealer() -> FieldSealer:
    """Return a sealer with a key that has never been used."""
    return FieldSealer(os.urandom(_KEY_BYTES))


def unwrap(wrapped: str, passphrase: str) -> FieldSealer:
    """Return the sealer of a register; raise ``UserError`` for a wrong passphrase."""
    stored = msgspec.json.decode(wrapped, type=_Wrapped)
    try:
        key = AESGCM(_derived(passphrase, stored)).decrypt(stored.nonce, stored.key, None)
    except InvalidTag as error:
        raise UserError(Message(WRONG)) from error
    return FieldSealer(key)


def _derived(passphrase: str, by: _Wrapped) -> bytes:
    # The same words typed on another system may arrive composed differently.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(secret, by.salt, by.rounds, by.memory_kib, by.lanes, _KEY_BYTES, Type.ID)
