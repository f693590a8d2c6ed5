"""
Landlock: a process gives up the file system, but for what it names (landlock(7)).

Asked of the kernel by number, for glibc has no name for it. Where the kernel
has none, or is older, as much is given up as it knows.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # asm-generic/unistd.h, the same everywhere
_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# By version of the interface, from which on: how many rights over files there are.
_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16))
_NETWORK_FROM, _BIND_AND_CONNECT = 4, 0b11  # of TCP
_SCOPE_FROM, _SIGNALS_AND_SOCKETS = 6, 0b11  # abstract Unix sockets, and signals to others


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The version of the kernel's interface; 0 where it has none, or does not let us ask."""
    found = int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION)))
    return max(0, found)


def keep(readable: Iterable[Path]) -> int:
    """
    Give up all files but those below `readable`, which may be read, and not run or written.

    And to open TCP connections and signal others, where the kernel knows that. What does not
    exist is passed over. What is open stays open. For this thread and all that it starts, for
    good. The interface's version, 0 where there is none. Raises OSError where the kernel refuses.
    """
    known = version()
    if not known:
        return 0
    rights = (1 << max(count for since, count in _RIGHTS if known >= since)) - 1
    ruleset = _Ruleset(
        files=rights,
        network=_BIND_AND_CONNECT if known >= _NETWORK_FROM else 0,
        scoped=_SIGNALS_AND_SOCKETS if known >= _SCOPE_FROM else 0,
    )
    libc = _libc()
    rules = _asked(
        libc.syscall(
            _CREATE, ctypes.byref(ruleset), ctypes.c_size_t(_size(known)), ctypes.c_uint32(0)
        )
    )
    try:
        for path in readable:
            _add(rules, path)
        _asked(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _asked(libc.syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)))
    finally:
        os.close(rules)
    return known


def _size(known: int) -> int:
    """How much of the structure this version knows."""
    return 8 * (3 if known >= _SCOPE_FROM else 2 if known >= _NETWORK_FROM else 1)


def _add(rules: int, path: Path) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
            rule = _Beneath(rights=rights, parent=parent)
            _asked(
                _libc().syscall(
                    _ADD,
                    ctypes.c_int(rules),
                    ctypes.c_int(_BENEATH),
                    ctypes.byref(rule),
                    ctypes.c_uint32(0),
                )
            )
        finally:
            os.close(parent)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _asked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return result
