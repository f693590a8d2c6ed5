"""One process visits sources on a data directory: a lock that the kernel drops when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watcher.errors import ConfigError, StoreError


@contextmanager
def visiting(path: Path) -> Iterator[None]:
    """
    Hold the lock file (mode 0600, with this process's id in it) for the block.

    The file stays; what counts is the lock on it (flock(2)), so nothing is
    stale after a crash. Raises ConfigError if another process holds it, and
    StoreError if the file cannot be made.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as problem:
        raise StoreError(
            f"{path}: {problem.strerror}; run as the user who owns the data directory"
        ) from problem
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            who = f" (pid {holder})" if holder.isdecimal() else ""
            raise ConfigError(
                f"another watcher{who} visits sources on {path.parent} already;"
                " stop it first, or name what to scan"
            ) from None
        try:
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        except OSError as problem:
            raise StoreError(f"{path}: {problem.strerror}; free space on its disk") from problem
        yield
    finally:
        os.close(handle)
