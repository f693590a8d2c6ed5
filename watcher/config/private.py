"""
Files that nobody else may read: a key, a token, a secret address.

A secret is in a file of its own (`{ file = "…" }`) or handed over by systemd
(`{ credential = "…" }`, systemd.exec(5), "LoadCredential="). No message here
quotes what a file holds.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from watcher.errors import ConfigError

MOST = 1 << 16  # bytes; a secret is short, and the wrong file may be long
_CREDENTIAL = re.compile(r"[A-Za-z0-9_.-]{1,255}")  # systemd's own rule is a plain file name


def read_file(
    path: Path,
    *,
    owners: Collection[int] | None = None,
    missing: str = "put the secret there, and chmod 600 it",
) -> bytes:
    """
    All bytes of a file that group and others may not touch.

    `owners`: the user ids that it may belong to; None for any. `missing`: the
    mend if there is no such file. Raises ConfigError that names the file and
    the mend.
    """
    try:
        # Not blocking: a named pipe would otherwise wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError as problem:
        raise ConfigError(f"{path}: no such file; {missing}") from problem
    except OSError as problem:
        raise ConfigError(f"{path}: {problem.strerror}") from problem
    try:
        _check(os.fstat(descriptor), path, owners)
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return _all(stream.read(MOST + 1), path)
    finally:
        os.close(descriptor)


def read_credential(name: str, environ: Mapping[str, str]) -> bytes:
    """
    All bytes of a credential that systemd handed over.

    Its mode is systemd's business: the directory can be entered by nobody
    else. Raises ConfigError.
    """
    if not _CREDENTIAL.fullmatch(name) or name in (".", ".."):
        raise ConfigError(f"{name!r} is not the name of a credential (letters, digits, . _ -)")
    directory = environ.get("CREDENTIALS_DIRECTORY")
    if not directory:
        raise ConfigError(
            f"the credential {name!r} is there only for the service ($CREDENTIALS_DIRECTORY is "
            "not set); start it with systemctl, or name a file instead"
        )
    path = Path(directory) / name
    try:
        with path.open("rb") as stream:
            return _all(stream.read(MOST + 1), path)
    except OSError as problem:
        raise ConfigError(
            f"{path}: {problem.strerror}; the unit needs LoadCredential={name} or "
            f"LoadCredentialEncrypted={name}, and the credential in its store"
        ) from problem


def _check(found: os.stat_result, path: Path, owners: Collection[int] | None) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise ConfigError(f"{path}: is not a file")
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        raise ConfigError(
            f"{path}: others than its owner may read or change it (mode {mode:04o}); "
            f"chmod 600 {path}"
        )
    if owners is not None and found.st_uid not in owners:
        raise ConfigError(
            f"{path}: belongs to user {found.st_uid}, who could change it; "
            f"chown {os.geteuid()} {path}"
        )


def _all(content: bytes, path: Path) -> bytes:
    if len(content) > MOST:
        raise ConfigError(f"{path}: is longer than {MOST >> 10} kB; that is not a secret")
    return content


def write_new(path: Path, content: bytes) -> None:
    """
    Write a new file that only its owner may read, and make sure that it is on the disk.

    Raises ConfigError if there is anything at this path; it is never
    overwritten. A file that could not be written whole is taken away again.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError as problem:
        raise ConfigError(f"{path}: is there already and is not overwritten") from problem
    except OSError as problem:
        raise ConfigError(f"{path}: {problem.strerror}") from problem
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
        sync_directory(path.parent)
    except OSError as problem:
        path.unlink(missing_ok=True)
        raise ConfigError(f"{path}: {problem.strerror}") from problem


def sync_directory(directory: Path) -> None:
    """Make sure that the names in a directory are on the disk. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
