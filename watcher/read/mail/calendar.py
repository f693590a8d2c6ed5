"""
iCalendar (RFC 5545): its text with the folded lines joined (§3.1).

A name is folded in the middle of a word, and is none before that is undone.
Everything else stands as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.stream import Stream
from watcher.read.text import pieces, windows

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}BEGIN:VCALENDAR[ \t]*\r?\n", re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")
_LAST = 3  # characters that may be the beginning of a fold


def is_calendar(head: bytes) -> bool:
    """Whether a body that begins so is an iCalendar stream."""
    return _BEGIN.match(head) is not None


def unfolded(texts: Iterator[str]) -> Iterator[str]:
    """The text that comes in pieces, without its folds."""
    rest = ""
    for text in texts:
        whole = rest + text
        end = len(whole)
        while end and len(whole) - end < _LAST and whole[end - 1] in "\r\n":
            end -= 1
        rest = whole[end:]
        yield _FOLD.sub("", whole[:end])
    yield rest


def read(stream: Stream, _: Budget) -> Iterator[Part]:
    """The calendar as text."""
    yield from windows(unfolded(pieces(stream)))
