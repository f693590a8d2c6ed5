"""What a bomb is: a small body that costs whoever opens it without bounds much more than it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MIB = 1 << 20
LINE = b"PC Adebayo, 4400123, of Example Street\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bomb:
    """
    `name` is its file's, `make` its bytes, `encoding` a content encoding around them.

    `told`: reasons of which one must be told; empty where it is read to its end.
    `long`: what it costs is honest work, and too much of it for a quick test.
    """

    name: str
    make: Callable[[], bytes]
    told: frozenset[str] = frozenset({"limit"})
    encoding: str = ""
    long: bool = False


def told(*reasons: str) -> frozenset[str]:
    return frozenset(reasons)
