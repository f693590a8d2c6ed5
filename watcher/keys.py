"""
The master key, and the keys derived from it.

The key is a line of text in a file of its own: `watcher-key-1:` and base64 of
32 random bytes. Whoever holds it and the index can find out by trial who is
enrolled; so it lies outside the data directory, nobody else may read it, and
no plug-in sees it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from watcher.config import private
from watcher.config.load import inside
from watcher.config.settings import Key
from watcher.errors import ConfigError

PREFIX = "watcher-key-1:"
LENGTH = 32  # bytes


def load(key: Key, data: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """
    The 32 bytes of the master key.

    `data` is the data directory, in which the key must not lie. A key file
    belongs to us, to root or to the owner of the data directory, and nobody
    else may read it. `environ` is the process's own unless given. Raises
    ConfigError that names the file and the mend.
    """
    if key.file is None:
        content = private.read_credential(
            key.credential, os.environ if environ is None else environ
        )
        return _parse(content, f"the credential {key.credential!r}")
    if inside(key.file, data):
        raise ConfigError(
            f"{key.file}: is inside the data directory {data}, and would be copied with what it "
            f"protects; move it elsewhere and name it in key.file"
        )
    content = private.read_file(
        key.file,
        owners=_owners(data),
        missing="put the key back from its own backup, for without it what is enrolled cannot be "
        "used (`watcher init` makes a new key in a new directory)",
    )
    return _parse(content, str(key.file))


def create(path: Path) -> None:
    """
    Write a new master key, mode 0600, and make sure that it is on the disk.

    Raises ConfigError if there is a file already; it is never overwritten.
    """
    line = PREFIX + base64.b64encode(secrets.token_bytes(LENGTH)).decode() + "\n"
    private.write_new(path, line.encode())


def derive(master: bytes, label: str, salt: bytes, length: int = LENGTH) -> bytes:
    """
    A key for one purpose: HKDF-SHA-256 (RFC 5869).

    `label` names the purpose and is HKDF's `info`; `length` is in bytes, at
    most 8,160.
    """
    # Loaded here: it is needed only by commands that open the index.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=label.encode()).derive(master)


def _owners(data: Path) -> set[int]:
    """Us and root; and the data directory's owner, whom a command run as root works for."""
    owners = {os.geteuid(), 0}
    with contextlib.suppress(OSError):  # not made yet
        owners.add(data.stat().st_uid)
    return owners


def _parse(content: bytes, where: str) -> bytes:
    try:
        text = content.decode("ascii").strip()
        if not text.startswith(PREFIX):
            raise ConfigError(f"{where}: is not a master key (it would begin with {PREFIX})")
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (UnicodeDecodeError, binascii.Error):
        # Not chained: the exception would hold what the file holds.
        raise ConfigError(
            f"{where}: is a damaged master key; put it back from its backup"
        ) from None
    if len(key) != LENGTH:
        raise ConfigError(
            f"{where}: holds a key of {len(key)} bytes instead of {LENGTH}; put it back from its "
            "backup"
        )
    return key
