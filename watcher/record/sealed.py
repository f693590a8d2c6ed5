"""
Evidence files: WARC, encrypted to the custodians while it is written.

The service can write evidence and cannot read it back. Plain bytes pass
through a pipe and never reach a disk; memory stays flat whatever the size. A
file is there whole or not at all: temporary name, fsync, rename, fsync of the
directory (a name that was not synced may be gone after a power cut).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

import pyrage

from watcher.config.private import sync_directory
from watcher.errors import StoreError
from watcher.model import Capture, Evidence
from watcher.record import warc
from watcher.record.custodians import recipients

SUFFIX = ".warc.gz.age"
PART = ".part"
LOW_SPACE = 1 << 30  # bytes: evidence of a day of large leaks


def record(
    capture: Capture, *, directory: Path, custodians: Sequence[str], software: str
) -> Evidence:
    """
    Write this capture under `directory`, for the custodians alone. Blocks; run it in a thread.

    The name is opaque: year, month and a UUID. When this returns, the file
    survives a power cut. Raises ConfigError without a usable custodian,
    ReadError if the bytes are no longer those captured, StoreError if the disk
    is full or may not be written; then no file is left.
    """
    keys = recipients(custodians)
    taken = capture.taken_at.astimezone(UTC)
    name = f"{taken:%Y}/{taken:%m}/{uuid.uuid4()}{SUFFIX}"
    record_id = uuid.uuid4().urn
    final = directory / name
    part = final.with_name(f".{final.name}{PART}")
    try:
        _make(directory, final.parent)
        with _create(part) as file:
            sink = _Sink(file)
            _seal(sink, keys, capture, record_id=record_id, software=software)
            file.flush()
            os.fsync(file.fileno())
        part.rename(final)
        try:
            sync_directory(final.parent)
        except OSError:
            final.unlink()
            raise
    except OSError as problem:
        raise StoreError(f"{directory}: {_mend(problem)}; no evidence was written") from problem
    finally:
        with contextlib.suppress(
            OSError
        ):  # renamed, or never made; the first error is the one to tell
            part.unlink()
    return Evidence(
        file=name,
        record_id=record_id,
        sha256=capture.body.sha256,
        digest=sink.digest.hexdigest(),
        size=sink.size,
        taken_at=capture.taken_at,
    )


class _Sink:
    """Counts and digests what is written, and keeps the error that pyrage would turn into text."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0
        self.problem: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except OSError as problem:
            self.problem = problem
            raise
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError as problem:
            self.problem = problem
            raise


def _seal(
    sink: _Sink,
    keys: Sequence[pyrage.x25519.Recipient],
    capture: Capture,
    *,
    record_id: str,
    software: str,
) -> None:
    """One thread writes WARC into a pipe, this one encrypts what comes out of it."""
    outlet, inlet = os.pipe()

    def pour() -> None:
        with os.fdopen(inlet, "wb") as stream:
            warc.write(stream, capture, record_id=record_id, software=software)

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="record") as thread:
        with os.fdopen(outlet, "rb") as stream:  # closed first: a writer that still writes must end
            poured = thread.submit(pour)
            try:
                pyrage.encrypt_io(stream, sink, keys)
            except pyrage.EncryptError as problem:
                raise sink.problem or OSError(errno.EIO, "encryption failed") from problem
        poured.result()


def _create(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _make(directory: Path, folder: Path) -> None:
    """Make the folders that are missing, for their owner only, and sync the names of new ones."""
    missing = [each for each in (folder, folder.parent, directory) if not each.is_dir()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        sync_directory(each.parent)


def _mend(problem: OSError) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full: free space on its file system"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "it cannot be written: run as the user who owns it, on a file system that may be written"
    return (
        f"{problem.strerror or type(problem).__name__}: see that it is a directory on a sound disk"
    )
