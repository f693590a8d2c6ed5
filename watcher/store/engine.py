"""
sqlite-utils, loaded without numpy.

It would load numpy, where that is installed, only to know its types: 60 ms and
a pool of threads before `watcher alerts` can answer. No row here holds one.
"""

from __future__ import annotations

import sys

_ABSENT = "numpy" not in sys.modules
if _ABSENT:  # None makes `import numpy` fail as if it were not installed (see "The import system")
    sys.modules["numpy"] = None  # type: ignore[assignment]  # the documented value for this
try:
    from sqlite_utils import Database
finally:
    if _ABSENT:
        del sys.modules["numpy"]

__all__ = ["Database"]
