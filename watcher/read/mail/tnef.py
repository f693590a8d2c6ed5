"""
TNEF (winmail.dat), in which Outlook wraps what a mail has no room for (MS-OXTNEF).

Attributes in a row, of a message and then of its attachments; some hold lists
of properties. A torn file is read as far as it goes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.mail import mapi
from watcher.read.stream import Item, Stream

_HEADER = 6
_ATTRIBUTE = struct.Struct("<BII")
_CHECKSUM = 2
_FILE = 2  # the level of attributes of attachments; 1 is the message's
_STRINGS = {0x8004: 0x0037, 0x8000: 0x0C1A, 0x8010: 0x3704}  # a subject, a sender, a file's title
_BODY, _CONTENT, _BEGINS = 0x800C, 0x800F, 0x9002
_PICTURE = 0x8011  # an icon that stands for a file
_PROPERTIES, _PEOPLE, _CODEPAGE = (0x9003, 0x9005), 0x9004, 0x9007
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8}
_FIXED |= {0x40: 8, 0x48: 16, 0x00: 0, 0x01: 0}
_NAMED = 0x8000
_INTERFACE = 16  # bytes that tell what an object is


class _Properties:
    """A list of properties, value by value (MS-OXTNEF §2.1.3.4)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self) -> int:
        (value,) = struct.unpack_from("<I", self._data, self._at)
        self._at += 4
        return int(value)

    def _bytes(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            raise Trouble(Why.BROKEN)
        data = self._data[self._at : self._at + size]
        self._at += size + -size % 4
        return data

    def into(self, thing: mapi.Thing) -> None:
        """Hand all that are in the list to a thing. Raises Trouble, struct.error."""
        for _ in range(self.number()):
            tag = self.number()
            form, number = tag & 0xFFFF, tag >> 16
            if number >= _NAMED:
                self._bytes(16)
                if self.number():
                    name = self._bytes(self.number())
                    thing.take(0, mapi.UNICODE, name)
                else:
                    self.number()
            kind = form & ~mapi.MANY
            if kind in _FIXED:
                for _ in range(self.number() if form & mapi.MANY else 1):
                    value = self._bytes(_FIXED[kind])
                    if number in mapi.CODEPAGES:
                        thing.codepage = int.from_bytes(value, "little")
            elif kind in (mapi.STRING8, mapi.UNICODE, mapi.BINARY, mapi.OBJECT):
                for _ in range(self.number()):
                    value = self._bytes(self.number())
                    thing.take(number, form, value[_INTERFACE:] if kind == mapi.OBJECT else value)
            else:
                raise Trouble(Why.BROKEN)


class _Reading:
    """What the attributes of a file have said so far."""

    def __init__(self) -> None:
        self.message = mapi.Thing()
        self.recipients: list[mapi.Thing] = []
        self.files: list[mapi.Thing] = []

    def take(self, level: int, number: int, data: bytes) -> None:
        """One attribute. Raises Trouble, struct.error."""
        if number == _BEGINS or (level == _FILE and not self.files):
            self.files.append(mapi.Thing(codepage=self.message.codepage))
        thing = self.files[-1] if level == _FILE else self.message
        if number == _CODEPAGE:
            self.message.codepage = int.from_bytes(data[:4], "little")
        elif number in _STRINGS:
            thing.take(_STRINGS[number], mapi.STRING8, data)
        elif number == _BODY:
            thing.take(0x1000, mapi.STRING8, data)
        elif number == _CONTENT:
            thing.data = data
        elif number in _PROPERTIES:
            _Properties(data).into(thing)
        elif number == _PEOPLE:
            rows = _Properties(data)
            for _ in range(rows.number()):
                self.recipients.append(mapi.Thing(codepage=self.message.codepage))
                rows.into(self.recipients[-1])
        elif number not in (_BEGINS, _PICTURE):
            thing.take(0, mapi.BINARY, data)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The message, its bodies and its attachments."""
    body = stream.whole(budget.bounds.held)
    reading = _Reading()
    why: Why | None = None
    at = _HEADER
    while at + _ATTRIBUTE.size <= len(body):
        level, number, size = _ATTRIBUTE.unpack_from(body, at)
        at += _ATTRIBUTE.size
        if at + size > len(body) or level not in (1, _FILE):
            why = Why.BROKEN
            break
        try:
            reading.take(level, number & 0xFFFF, body[at : at + size])
        except (Trouble, struct.error):
            why = Why.BROKEN
        at += size + _CHECKSUM
    yield from mapi.told(reading.message, reading.recipients, reading.files, "", budget)
    if why:
        yield Unread(where="", why=why)
