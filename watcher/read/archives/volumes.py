"""
Archives that were cut into volumes, put together where all of them lie in one container.

`x.7z.001`, `x.7z.002`, … are one file cut anywhere; `x.z01`, …, `x.zip` is one
archive of PKWARE's (APPNOTE 8); `x.part1.rar`, … and `x.rar`, `x.r00`, … are
archives that follow one another. Any other member goes by untouched, and so
does what only has such a name: its bytes decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from watcher.model import Unread, Why
from watcher.read import sniff
from watcher.read.archives import rar
from watcher.read.archives.ziplayout import spanned
from watcher.read.budget import Budget, Trouble
from watcher.read.sniff import Kind
from watcher.read.stream import Item, Member, Stream

_CUT = re.compile(r"(?P<base>.+)\.(?P<number>\d{3,4})")
_SPAN = re.compile(r"(?P<base>.+)\.z(?P<number>\d{2,3})", re.IGNORECASE)
_LAST = re.compile(r"(?P<base>.+)\.zip", re.IGNORECASE)
_PART = re.compile(r"(?P<base>.+)\.part(?P<number>\d{1,5})\.rar", re.IGNORECASE)
_OLDER = re.compile(r"(?P<base>.+)\.(?:rar|(?P<hundred>[r-z])(?P<number>\d\d))", re.IGNORECASE)
_FIRST = frozenset(
    (Kind.ZIP, Kind.SEVENZIP, Kind.RAR, Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.ZSTD, Kind.TAR)
)
_ENDING = 1 << 16  # stands for the number of the volume that is always the last


@dataclass(slots=True)
class _Set:
    """Volumes of one archive, by number. `names`: what they are called."""

    spans: bool
    bodies: dict[int, bytes] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    first: bool = False  # one of them begins as an archive does


class _Volumes:
    def __init__(self, budget: Budget) -> None:
        self._sets: dict[str, _Set] = {}
        self._left = budget.bounds.held

    def takes(self, member: Member) -> tuple[_Set, int] | None:
        """The set and the number of a member that is a volume."""
        name = member.name
        found = _PART.fullmatch(name) or _OLDER.fullmatch(name)
        if found and rar.is_volume(member.stream.head()):
            return self._part(found)
        if found := _CUT.fullmatch(name):
            kind = sniff.kind(member.stream.head(), complete=member.stream.ended)
            if kind in _FIRST or kind is Kind.UNKNOWN:
                made = self._sets.setdefault(found["base"], _Set(spans=False))
                made.first |= kind in _FIRST
                return made, int(found["number"])
        elif found := _SPAN.fullmatch(name):
            key = found["base"] + ".zip"
            return self._sets.setdefault(key, _Set(spans=True)), int(found["number"])
        elif (found := _LAST.fullmatch(name)) and (key := found["base"] + ".zip") in self._sets:
            made = self._sets[key]
            return (made, _ENDING) if made.spans else None
        return None

    def _part(self, found: re.Match[str]) -> tuple[_Set, int]:
        """A volume of RAR's, in either way of numbering."""
        if found.re is _PART:
            key, number = found["base"] + ".part.rar", int(found["number"])
        else:
            hundreds = "rstuvwxyz".index((found["hundred"] or "r").lower())
            key = found["base"] + ".rar"
            number = 1 + 100 * hundreds + int(found["number"]) if found["number"] else 0
        made = self._sets.setdefault(key, _Set(spans=False))
        made.first = True
        return made, number

    def keep(self, made: _Set, number: int, member: Member) -> Iterator[Item]:
        stream = member.stream
        try:
            body = stream.whole(self._left)
        except Trouble as trouble:
            yield Unread(where=member.name, why=trouble.why)
            return
        if stream.trouble:
            yield Unread(where=member.name, why=stream.trouble)
        elif number in made.bodies:
            yield _member(member.name, [body])
        else:
            self._left -= len(body)
            made.bodies[number], made.names[number] = body, member.name

    def finish(self) -> Iterator[Item]:
        """What the volumes are together, or that some are missing."""
        for base, made in self._sets.items():
            numbers = sorted(made.bodies)
            bodies = [made.bodies[each] for each in numbers]
            if made.spans and numbers == [*range(1, len(numbers)), _ENDING]:
                yield _member(base, [spanned(bodies)])
            elif not made.spans and numbers[:1] in ([0], [1]) and _follow(numbers) and made.first:
                yield _member(made.names[numbers[0]], bodies)
            else:
                for each in numbers:
                    # Alone it may still show names or a text.
                    yield Unread(where=made.names[each], why=Why.BROKEN)
                    kind = sniff.kind(made.bodies[each][:4096])
                    if kind in _FIRST:
                        yield _member(made.names[each], [made.bodies[each]])


def _follow(numbers: list[int]) -> bool:
    return numbers == [*range(numbers[0], numbers[0] + len(numbers))]


def _member(name: str, bodies: list[bytes]) -> Member:
    """The bodies in a row; each is let go of when it was read."""
    waiting = bodies[::-1]
    at = 0

    def more(size: int) -> bytes:
        nonlocal at
        while waiting and at >= len(waiting[-1]):
            waiting.pop()
            at = 0
        data = waiting[-1][at : at + size] if waiting else b""
        at += len(data)
        return data

    return Member(name=name, stream=Stream(more))


def joined(items: Iterable[Item], budget: Budget) -> Iterator[Item]:
    """The items of a container, with volumes as the one member that they are."""
    volumes = _Volumes(budget)
    for item in items:
        if isinstance(item, Member) and (found := volumes.takes(item)):
            yield from volumes.keep(*found, item)
        else:
            yield item
    yield from volumes.finish()
