"""
Outlook's messages (.msg): properties in the streams of a compound file (MS-OXMSG, MS-CFB).

A message that is attached is a storage in the storage of its attachment, and
is read like the one that holds it.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.label import joined, label
from watcher.read.mail import mapi
from watcher.read.office import sectors
from watcher.read.stream import Item, Stream

if TYPE_CHECKING:
    from olefile import OleFileIO

Path = tuple[str, ...]

_VALUE = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?\Z", re.IGNORECASE)
_LISTED = "__properties_version1.0"
_ENTRY = struct.Struct("<HHIQ")  # type, identifier, flags, value
_HEADERS = (32, 24, 8)  # bytes before the entries: of a message, of one inside it, of the others
_MOST = 20_000  # storages and streams
_FAULTS = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error)


class _File:
    """The storages and streams of a compound file. Raises Trouble."""

    def __init__(self, body: bytes, budget: Budget) -> None:
        self._budget = budget
        self._packed = len(body)
        self._given = 0
        try:
            self._ole: OleFileIO = sectors.opened(body)
            paths = self._ole.listdir(streams=True, storages=True)
        except _FAULTS:
            raise Trouble(Why.BROKEN) from None
        if len(paths) > _MOST:
            raise Trouble(Why.LIMIT)
        self._inside: defaultdict[Path, list[str]] = defaultdict(list)
        for path in paths:
            self._inside[tuple(path[:-1])].append(path[-1])

    def names(self, path: Path) -> list[str]:
        """What is directly in a storage."""
        return self._inside.get(path, [])

    def holds(self, path: Path) -> bool:
        """Whether this is a storage with something in it."""
        return path in self._inside

    def read(self, path: Path) -> bytes:
        """The bytes of a stream."""
        try:
            # A stream may claim more than the file has, and every sector as its own.
            self._budget.spend(min(self._ole.get_size(list(path)), self._packed))
            data: bytes = self._ole.openstream(list(path)).read()
        except _FAULTS:
            raise Trouble(Why.BROKEN) from None
        self._given += len(data)
        self._budget.expanded(self._packed, self._given, len(data))
        return data


def _codepage(data: bytes) -> int:
    for header in _HEADERS:
        if (len(data) - header) % _ENTRY.size or len(data) < header:
            continue
        for _, number, _, value in _ENTRY.iter_unpack(data[header:]):
            if number in mapi.CODEPAGES:
                return int(value & 0xFFFFFFFF)
    return 0


def _thing(file: _File, path: Path) -> tuple[mapi.Thing, Why | None]:
    """The properties in a storage, and why some of them could not be had."""
    thing, why = mapi.Thing(), None
    names = file.names(path)
    try:
        if _LISTED in names:
            thing.codepage = _codepage(file.read((*path, _LISTED)))
    except Trouble as trouble:
        why = trouble.why
    for name in names:
        found = _VALUE.match(name)
        if not found or file.holds((*path, name)):
            continue
        try:
            data = file.read((*path, name))
        except Trouble as trouble:
            why = trouble.why
            continue
        form = int(found[2], 16)
        if form & mapi.MANY and "-" not in name and form & ~mapi.MANY != mapi.BINARY:
            continue  # the lengths of the values that follow
        thing.take(int(found[1], 16), form, data)
    return thing, why


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A message, its recipients and its attachments."""
    file = _File(stream.whole(budget.bounds.held), budget)
    yield from _message(file, (), "", budget, budget.bounds.depth)


def _message(file: _File, path: Path, base: str, budget: Budget, depth: int) -> Iterator[Item]:
    if not depth:
        yield Unread(where=base, why=Why.LIMIT)
        return
    message, why = _thing(file, path)
    whys = {why}
    people: list[mapi.Thing] = []
    files: list[mapi.Thing] = []
    inner: list[tuple[Path, str]] = []
    for name in file.names(path):
        kind = name.lower()
        here = (*path, name)
        if kind.startswith(("__recip_version1.0_", "__attach_version1.0_", "__nameid_version1.0")):
            thing, why = _thing(file, here)
            whys.add(why)
            if kind.startswith("__recip"):
                people.append(thing)
            elif kind.startswith("__nameid"):
                message.lines.extend(thing.lines)
            else:
                files.append(thing)
                place = joined(base, label(thing.name or f"attachment {len(files)}"))
                inner.extend(
                    ((*here, each), place) for each in file.names(here) if file.holds((*here, each))
                )
    yield from mapi.told(message, people, files, base, budget)
    for where, place in inner:
        if _LISTED in file.names(where):
            yield from _message(file, where, place, budget, depth - 1)
        else:
            yield from _object(file, where, place, budget)
    yield from (Unread(where=base, why=each) for each in sorted(filter(None, whys)))


def _object(file: _File, path: Path, base: str, budget: Budget) -> Iterator[Item]:
    """An object of another program: each of its streams."""
    for name in file.names(path):
        place = joined(base, label(name))
        if file.holds((*path, name)):
            yield Unread(where=place, why=Why.UNSUPPORTED)
            continue
        try:
            budget.member()
            yield mapi.member(place, file.read((*path, name)))
        except Trouble as trouble:
            yield Unread(where=place, why=trouble.why)
