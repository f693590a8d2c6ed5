"""
XML of any vocabulary: the raw text, and beside it a line for each record.

A record is an element whose children are leaves: their texts and attributes
stand in one line, between tabs. What is not well-formed to its end is read
raw from there, and loses nothing by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pyexpat import ExpatError
from typing import Any

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.stream import Stream
from watcher.read.sweep import parser
from watcher.read.text import Windows, pieces

WHERE = "records"
DEPTH = 400
FIELDS = 256  # of one record; what has more is no record and is cut
_RUN = 16  # leaves of one name in a row that are a list, not the fields of one record
_LONG = 1 << 16  # characters of a text that is a line of its own

_PROLOG = re.compile(r"\A[\ufeff\s]*<\?xml[^>]{0,1000}\?>")
_OPENING = 1 << 13
_SCHEMA = re.compile(r"(?:https?://(?:schemas|www\.w3|purl)\b|urn:)")
# What stands in for a sign that its writer forgot to write as a reference.
_STRAY = re.compile(r"&(?!(?:#\d{1,8}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)")
_REFUSED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Element:
    """An element that is open: what its children have left it."""

    __slots__ = ("children", "groups", "items", "lists", "size", "text")

    def __init__(self, *, lists: bool) -> None:
        self.items: list[tuple[str, list[str]]] = []  # (a child's name, its fields)
        self.groups: set[str] = set()
        self.text: list[str] = []
        self.size = 0
        self.children = False
        self.lists = lists  # its children are records of their own

    def uniform(self, least: int) -> bool:
        """Whether its children, so many at least, are leaves of one name: a list, no record."""
        names = [name for name, _ in self.items if not name.startswith("@")]
        return not self.groups and len(names) >= least and len(set(names)) == 1

    def fields(self) -> list[str]:
        return [field for _, fields in self.items for field in fields]


class Records:
    """Turns the events of an XML parser into lines. What it holds is bounded, whatever comes."""

    def __init__(self, made: Any) -> None:
        self.outer = 1  # elements around everything else: they hold records and are none
        self._lines: list[str] = []
        self._open = [_Element(lists=True)]
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data

    def taken(self) -> str:
        """The lines that are complete."""
        lines, self._lines = self._lines, []
        return "".join(lines)

    def finish(self) -> str:
        """What is left in the elements that were never closed."""
        for element in self._open:
            self._said(element, "")
            self._emit(element.fields())
        return self.taken()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEPTH:
            raise Trouble(Why.LIMIT)
        above = self._open[-1]
        above.children = True
        if above.text:
            self._said(above, "")
        element = _Element(lists=len(self._open) <= self.outer)
        self._open.append(element)
        for key, value in attributes.items():
            said = " ".join(value.split())
            if said and not key.startswith("xmlns") and not _SCHEMA.match(said):
                self._take(element, f"@{key}", [said])

    def _data(self, data: str) -> None:
        element = self._open[-1]
        element.text.append(data)
        element.size += len(data)
        if element.size > _LONG:
            self._emit([" ".join("".join(element.text).split())])
            element.text.clear()
            element.size = 0

    def _end(self, name: str) -> None:
        element = self._open.pop()
        if element.text:
            self._said(element, "")
        if element.children and element.uniform(2):
            self._flush(element)
        fields = element.fields()
        if len(self._open) <= 1:
            self._emit(fields)
        else:
            self._take(self._open[-1], name.rpartition(":")[2], fields)

    def _said(self, element: _Element, name: str) -> None:
        """The text that stands in an element itself becomes a field of it."""
        if text := " ".join("".join(element.text).split()):
            self._take(element, name, [text])
        element.text.clear()
        element.size = 0

    def _take(self, element: _Element, name: str, fields: list[str]) -> None:
        if not fields:
            return
        if len(fields) > 1:
            if name in element.groups:
                element.lists = True
            if element.lists:
                self._flush_groups(element)
                self._emit(fields)
                return
            element.groups.add(name)
        element.items.append((name, fields))
        if len(element.items) == _RUN and element.uniform(_RUN - 2):
            self._flush(element)
        elif len(element.items) > FIELDS or len(fields) > FIELDS:
            self._emit(element.fields())
            element.items.clear()
            element.groups.clear()

    def _flush(self, element: _Element) -> None:
        for _, fields in element.items:
            self._emit(fields)
        element.items.clear()

    def _flush_groups(self, element: _Element) -> None:
        if element.groups:
            for _, fields in element.items:
                if len(fields) > 1:
                    self._emit(fields)
            element.items = [item for item in element.items if len(item[1]) == 1]
            element.groups.clear()

    def _emit(self, fields: list[str]) -> None:
        if fields:
            self._lines.append("\t".join(fields) + "\n")


class _Reading:
    """One XML text on its way through the parser. `why`: where it ended early."""

    def __init__(self) -> None:
        self.why: Why | None = None
        self._made = parser()
        self._records = Records(self._made)
        self._begun = False
        self._wrapped = False

    def feed(self, text: str) -> str:
        """The lines of records that this piece completes."""
        if self.why:
            return ""
        if not self._begun:
            self._begun = True
            if "<!DOCTYPE" not in text[:_OPENING]:
                # An element around it all: many dumps are a row of records and no document.
                self._wrapped = True
                self._records.outer += 1
                text = "<_>" + _PROLOG.sub("", text)
            text = text.lstrip("\ufeff \t\r\n")
        self._parse(_REFUSED.sub(" ", _STRAY.sub("&amp;", text)), last=False)
        return self._records.taken()

    def finish(self) -> str:
        """The lines that are left."""
        if not self.why:
            self._parse("</_>" if self._wrapped else "", last=True)
        return self._records.finish()

    def _parse(self, text: str, *, last: bool) -> None:
        try:
            self._made.Parse(text, last)
        except Trouble as trouble:
            self.why = trouble.why
        except (ExpatError, ValueError, LookupError):
            self.why = Why.BROKEN


def read(stream: Stream, _: Budget) -> Iterator[Part | Unread]:
    """
    The records, and the raw text: an echo as far as it was parsed.

    An Unread where what the raw text says can be known by parsing alone.
    """
    reading = _Reading()
    records, raw = Windows(WHERE), Windows(echo=True)
    veiled = False
    for text in pieces(stream):
        yield from records.feed(reading.feed(text))
        if reading.why:
            raw.echo = False
            veiled = veiled or "&#" in text
        yield from raw.feed(text)
    yield from records.feed(reading.finish())
    yield from records.finish()
    raw.echo = raw.echo and not reading.why
    yield from raw.finish()
    if reading.why is Why.LIMIT or (reading.why and veiled):
        yield Unread(where=WHERE, why=reading.why)
