"""
The cyclic garbage collector, left out while a document is judged.

A long leak is a million small objects that all stay until the finding is made,
and none of them is part of a cycle: walking over them again and again took a
third of the time. Pauses may overlap in threads; the last to end sets the
collector going again, if it was going.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_pauses = [0, False]  # how many there are, and whether the collector was going before


@contextmanager
def collector_paused() -> Iterator[None]:
    """No cycle is collected inside, in any thread."""
    with _lock:
        if not _pauses[0]:
            _pauses[1] = gc.isenabled()
            gc.disable()
        _pauses[0] += 1
    try:
        yield
    finally:
        with _lock:
            _pauses[0] -= 1
            if not _pauses[0] and _pauses[1]:
                gc.enable()
