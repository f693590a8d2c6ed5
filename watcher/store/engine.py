"""
sqlite-utils, loaded without numpy and pandas.

It would load them, where they are installed, only to know their types: 60 ms
and a pool of threads, 0.3 s for pandas, before a command can answer. No row
here holds one.
"""

from __future__ import annotations

import sys

_ABSENT = [name for name in ("numpy", "pandas") if name not in sys.modules]
for (
    _name
) in _ABSENT:  # None makes an import fail as if it were not installed (see "The import system")
    sys.modules[_name] = None  # type: ignore[assignment]  # the documented value for this
try:
    from sqlite_utils import Database
finally:
    for _name in _ABSENT:
        del sys.modules[_name]

__all__ = ["Database"]
