"""
One window of a stream, and how far the stream was read.

A place that is asked again from a cursor should be asked from a little before
it: messages of one moment share a cursor, and machines of one place do not
agree on their order. What comes twice by that is known by its mark.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from datetime import UTC, datetime
from typing import Any

import jmespath

LARGEST = 1 << 20  # bytes of text that end a window before its time
MARKS = 2000  # messages before the cursor that are known again after a rewind
LONGEST = 200  # characters of a cursor
STRAYED = 1000  # messages in a row from before the cursor: it is the cursor that is wrong
_MARK = 8  # hexadecimal digits


class Place:
    """
    How far the stream was read: its cursor, and marks of the messages just before it.

    Written as text it is the cursor that is stored. After a rewind the marks
    tell what was read already.
    """

    def __init__(self, cursor: str, marks: set[str], rewind: int) -> None:
        self.cursor = cursor
        self.mute = 0  # messages in a row that said nothing
        self._behind = 0
        self._rewind = rewind
        self._before = _number(cursor)
        self._known = marks
        self._marks: deque[tuple[int, str]] = deque(
            ((self._before or 0, mark) for mark in marks), maxlen=MARKS
        )

    @classmethod
    def of(cls, text: str, rewind: int) -> Place:
        cursor, _, marks = text.partition(" ")
        step = range(0, len(marks), _MARK)
        return cls(cursor, {marks[at : at + _MARK] for at in step}, rewind)

    def __str__(self) -> str:
        last = _number(self.cursor)
        if not (self._rewind and last is not None):
            return self.cursor
        while self._marks and self._marks[0][0] < last - self._rewind:
            self._marks.popleft()
        return f"{self.cursor} {''.join(dict.fromkeys(mark for _, mark in self._marks))}".rstrip()

    @property
    def resume(self) -> str:
        """The cursor to ask for."""
        last = _number(self.cursor)
        return self.cursor if last is None else str(max(0, last - self._rewind))

    def passes(self, cursor: str, message: str) -> bool:
        """The stream has come here; whether this message is new."""
        at, last = _number(cursor), _number(self.cursor)
        self._behind = self._behind + 1 if at is not None and self._is_before(at, last) else 0
        if at is None or last is None or at > last or self._behind >= STRAYED:
            # One message with a time of its own would else be where to go on from for ever.
            self.cursor = cursor
        if not self._rewind or at is None:
            return True
        mark = hashlib.sha256(message.encode("utf-8", "replace")).hexdigest()[:_MARK]
        again = self._before is not None and at <= self._before and mark in self._known
        if not again:
            self._marks.append((at, mark))
        return not again

    def _is_before(self, at: int, last: int | None) -> bool:
        return last is not None and at < last - self._rewind


class Window:
    """The messages of one window, as lines. `first`: the cursor of its first message."""

    def __init__(self, wanted: Any, place: Place) -> None:
        self.taken_at = datetime.now(UTC)
        self.lines: list[str] = []
        self.first = ""
        self.messages = 0
        self.broken = 0
        self._wanted = wanted
        self._place = place
        self._size = 0

    @property
    def full(self) -> bool:
        """Nothing more is held in memory: it ends before its time."""
        return self._size >= LARGEST

    def take(self, message: str) -> None:
        """One message more."""
        self.messages += 1
        try:
            found = self._wanted.search(json.loads(message))
        except (ValueError, RecursionError, jmespath.exceptions.JMESPathError):
            found = None
        if not isinstance(found, dict):
            self.broken += 1
            return
        if "cursor" in found:
            cursor = found["cursor"]
            if not isinstance(cursor, int | str) or isinstance(cursor, bool) or cursor == "":
                self.broken += 1
            elif not self._place.passes("".join(str(cursor).split())[:200], message):
                return
            elif not self.first:
                self.first = "".join(str(cursor).split())[:200]
        text = _said(found["text"])
        if not text:
            self._place.mute += 1
            return
        self._place.mute = 0
        line = "\t".join(filter(None, (text, _said(found.get("key"))))) + "\n"
        self.lines.append(line)
        self._size += len(line.encode("utf-8", "replace"))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


def _said(value: object) -> str:
    """A value as text on one line."""
    if isinstance(value, list):
        value = " ".join(filter(None, map(_said, value)))
    if value is None or isinstance(value, bool):
        return ""
    whole = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(whole.split())
