"""
How well each source does, as pure functions of what its visits brought and of now.

`usual` learns what a source brings and says how unlikely a silence is;
`facts` are what one source is judged by, `silence` says whether it is quiet and
`state` how it is; `together` says what of it is told, and what is one
trouble of all of them.
"""

from watcher.health.facts import BLIND, BLOCKED, DEGRADED, QUIET, Facts, Judged
from watcher.health.state import judge
from watcher.health.together import CUT_OFF, SOURCE, SOURCES, Told, told
from watcher.health.usual import HourLike, Usual, learn

__all__ = [
    "BLIND",
    "BLOCKED",
    "CUT_OFF",
    "DEGRADED",
    "QUIET",
    "SOURCE",
    "SOURCES",
    "Facts",
    "HourLike",
    "Judged",
    "Told",
    "Usual",
    "judge",
    "learn",
    "told",
]
