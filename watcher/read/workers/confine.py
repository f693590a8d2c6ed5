"""
What a reading worker does to itself before it sees a byte of a document.

Limits on memory, processor time and files; no core dump; death with its
parent; deaf to the signals that stop the service, which stops it by closing
its pipe; no network, no other process, no file but the libraries that read.
Linux: prctl(2), setrlimit(2), landlock(7), seccomp(2).
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from watcher.read.workers import landlock, seccomp

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_FILES = 32
# What loaders and libraries look into, besides where Python's own lie. No folder of settings: a key may be in it.
_SYSTEM = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime",
    "/etc/mime.types", "/dev/null", "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip


def at_once() -> None:
    """All that needs no number from the service. Raises OSError where the system refuses."""
    # Nothing is written, not even byte code of a module that is loaded later.
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # A parent that died before this line has closed the pipe: reading it ends the worker.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _lower(limit, value)


def _lower(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def memory(size: int) -> None:
    """No more address space than now and `size` bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + size)


def room(size: int) -> bool:
    """Whether so many bytes of address space are still to be had at once; none is touched."""
    try:
        mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError):
        return False
    return True


def apart() -> None:
    """
    No network, no other process, and no file but what reading loads, as far as the system offers that.

    Where it does not, the limits hold alone, and reading works.
    """
    with contextlib.suppress(OSError):
        landlock.keep(_readable())
    seccomp.refuse()


def _readable() -> Iterator[Path]:
    yield from map(Path, _SYSTEM)
    yield from map(Path, (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix))
    yield from (Path(each) for each in sys.path if each)


def processor(seconds: int) -> None:
    """So many seconds of processor time from now on, then SIGXCPU. To be called for each document."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
