"""
The file `index.sealed`: written whole or not at all, read whole or not at all.

    magic | form | salt | nonce | version | people | AES-256-GCM(payload, padded)

All before the ciphertext is associated data (NIST SP 800-38D): whoever changes
the version or the number of people breaks the seal. The key is derived by
HKDF-SHA-256 (RFC 5869) from the master key and the index's own salt, the nonce
is fresh for each writing, and the file's size is a whole number of MiB, so
that it does not tell how many names a force has.
"""

from __future__ import annotations

import os
import secrets
import struct
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watcher.api import Tables
from watcher.config.private import sync_directory
from watcher.errors import ConfigError, CustodyError, StoreError
from watcher.index import payload
from watcher.keys import derive
from watcher.model import Officer

if TYPE_CHECKING:
    import numpy as np

MIB = 1 << 20
MAGIC = b"WATCHIDX"
FORM = 1  # of the file; a new one is a new number
SALT = 16  # bytes
NONCE = 12  # bytes, SP 800-38D §8.2.2
TAG = 16  # bytes
_HEAD = struct.Struct(f">8sH{SALT}s{NONCE}sQQ")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Index:
    """
    Who is enrolled. `tables` are each matcher's own, by its name.

    `officers` stand in the order in which matchers number them. `fingerprints`
    has a row for each: two uint64, a keyed hash of the ref and one of all that
    the roster said (see `fingerprint_key`). `salt`: 16 random bytes, new for
    each enrolment.
    """

    version: int
    made_at: datetime
    officers: tuple[Officer, ...] = field(repr=False)
    tables: Mapping[str, Tables] = field(repr=False)
    salt: bytes = field(repr=False)
    fingerprints: np.ndarray[Any, np.dtype[np.uint64]] = field(repr=False)

    def key(self, master: bytes, matcher: str) -> bytes:
        """The 32-byte key that this matcher's tables were made with."""
        return matcher_key(master, self.salt, matcher)


def matcher_key(master: bytes, salt: bytes, name: str) -> bytes:
    """The key of the matcher of this name in the index with this salt: 32 bytes."""
    return derive(master, f"matcher:{name}", salt)


def fingerprint_key(master: bytes, salt: bytes) -> bytes:
    """The key of the fingerprints in the index with this salt: 32 bytes."""
    return derive(master, "fingerprint", salt)


def seal(path: Path, master: bytes, index: Index) -> None:
    """
    Write the index, replacing what stands there in one step, mode 0600.

    Raises StoreError if it cannot be written (what stood there is untouched),
    and ValueError for a salt of another length or a table of Python objects.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(index.salt) != SALT:
        raise ValueError(f"the salt of an index has {SALT} bytes")
    plain = payload.pack(
        made_at=index.made_at,
        officers=index.officers,
        tables=index.tables,
        fingerprints=index.fingerprints,
    )
    nonce = secrets.token_bytes(NONCE)
    head = _HEAD.pack(MAGIC, FORM, index.salt, nonce, index.version, len(index.officers))
    frame = len(head) + TAG
    plain = plain.ljust(-(-(len(plain) + frame) // MIB) * MIB - frame, b"\0")
    _replace(path, head + AESGCM(_seal_key(master, index.salt)).encrypt(nonce, plain, head))


def open(path: Path, master: bytes, *, at_least: int = 0) -> Index:  # noqa: A001  # `index.open` is what it does
    """
    The index in this file.

    Raises ConfigError if there is none or it may not be read; CustodyError if
    it was sealed under another key, was altered, or is older than `at_least`,
    the version that the store has seen.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = _bytes(path)
    if len(sealed) < _HEAD.size + TAG or not sealed.startswith(MAGIC):
        raise CustodyError(
            f"{path}: this is not an index, or it was altered or cut short; "
            "put the file back from a backup, or make it anew: `watcher enrol ROSTER`"
        )
    head = sealed[: _HEAD.size]
    _, form, salt, nonce, version, people = _HEAD.unpack(head)
    if form != FORM:
        raise CustodyError(
            f"{path}: the index has form {form} and this watcher reads form {FORM}, or it was altered; "
            "make it anew: remove the file and run `watcher enrol ROSTER`"
        )
    try:
        plain = AESGCM(_seal_key(master, salt)).decrypt(nonce, sealed[_HEAD.size :], head)
    except InvalidTag:
        raise CustodyError(
            f"{path}: the index does not open: it was sealed under another master key, or it was "
            "altered; put back the key it was made with (`[key]` says where it is looked for), or "
            "make it anew: remove the file and run `watcher enrol ROSTER`"
        ) from None
    if version < at_least:
        raise CustodyError(
            f"{path}: the index is version {version}, but version {at_least} was in use already: "
            "an old copy was put back; run `watcher enrol ROSTER` with the roster of today"
        )
    try:
        made_at, officers, tables, fingerprints = payload.unpack(plain)
    except ValueError as problem:
        raise CustodyError(f"{path}: {problem}; make it anew: `watcher enrol ROSTER`") from problem
    if len(officers) != people:
        raise CustodyError(f"{path}: people are missing; make it anew: `watcher enrol ROSTER`")
    return Index(
        version=version,
        made_at=made_at,
        officers=officers,
        tables=tables,
        salt=salt,
        fingerprints=fingerprints,
    )


def _seal_key(master: bytes, salt: bytes) -> bytes:
    return derive(master, "index", salt)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"{path}: no index: `watcher enrol ROSTER` makes one") from None
    except OSError as problem:
        raise ConfigError(
            f"{path}: the index cannot be read ({problem.strerror}); "
            "run as the user who owns it, or mend its permissions"
        ) from problem


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, make it durable, then rename over it and make that durable too."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".index-", dir=path.parent)  # mode 0600
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
        temporary = ""
        sync_directory(path.parent)
    except OSError as problem:
        raise StoreError(
            f"{path}: the index cannot be written ({problem.strerror}); "
            "free space or mend the permissions of its directory and enrol again"
        ) from problem
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
