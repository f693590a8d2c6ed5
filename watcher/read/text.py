"""
Plain text: pieces of text → windows of about a million characters.

Used on both sides of the pipe: what needs no parser is decoded in the service
itself, members of archives in a worker. Lines end with a line feed; a text
without any is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watcher.model import Part, Why
from watcher.read.budget import Budget
from watcher.read.charsets.charset import Decoder
from watcher.read.stream import Stream
from watcher.read.within import LONGEST, begin

WINDOW = 1 << 20
OVERLAP = 1 << 12  # at most, at line ends; without any, twice that at most
SEARCH = 1 << 12  # how far back a white space is looked for in a line without end


class Windows:
    """
    Cuts text into Parts at line ends, a longer line at white space, with an overlap.

    The overlap holds whole lines, as many as fit: a record of several lines is
    whole in one of two windows, and a row on either side has its neighbours.

    The texts of the Parts, each without its first `overlap` characters, are
    the text that was fed.
    """

    def __init__(
        self, where: str = "", *, hidden: bool = False, echo: bool = False, first: int = 1
    ) -> None:
        self._where = where
        self._hidden = hidden
        self.echo = echo  # of the windows that are yet to come
        self._text = ""  # what was joined so far
        self._more: list[str] = []  # what came since: joined once, however small its pieces are
        self._size = 0  # of both
        self._overlap = 0
        self._begun = 0
        self._first = first

    def feed(self, text: str) -> Iterator[Part]:
        """The windows that are full."""
        self._more.append(text)
        self._size += len(text)
        if self._size <= WINDOW:
            return
        self._join()
        while len(self._text) > WINDOW:
            line = self._text.rfind("\n", 0, WINDOW) + 1
            if line > self._overlap:
                begin = self._text.find("\n", max(line - OVERLAP - 1, 0)) + 1
                yield self._cut(line, line - begin)
            else:
                end = space(self._text, WINDOW)
                yield self._cut(end, end - space(self._text, end - OVERLAP, OVERLAP))

    def finish(self) -> Iterator[Part]:
        """The last window, if anything is left."""
        self._join()
        if len(self._text) > self._overlap:
            yield self._cut(len(self._text), 0)

    def _join(self) -> None:
        self._text = "".join((self._text, *self._more))
        self._more.clear()

    def _cut(self, end: int, overlap: int) -> Part:
        part = Part(
            where=self._where,
            text=self._text[:end],
            first=self._first,
            overlap=self._overlap,
            hidden=self._hidden,
            echo=self.echo,
            begun=self._begun,
            repeated=overlap,
        )
        begin = end - overlap
        line = self._text.rfind("\n", 0, begin) + 1
        self._begun = begin - line if line else self._begun + begin
        self._first += self._text.count("\n", 0, begin)
        self._text = self._text[begin:]
        self._size = len(self._text)
        self._overlap = overlap
        return part


def space(text: str, end: int, reach: int = SEARCH) -> int:
    """The position after the last white space before `end`, or `end` where there is none near."""
    for at in range(end, end - reach, -1):
        if text[at - 1].isspace():
            return at
    return end


def pieces(stream: Stream) -> Iterator[str]:
    """
    The text of a stream, in pieces, its charset found out.

    Where something in it was no text, that is the stream's trouble at the end.
    """
    decoder = Decoder(stream.head(), stream.declared)
    archived = False
    last = b""
    for data in stream.chunks():
        archived = archived or begin(last + data) >= 0
        last = data[-LONGEST:]
        if text := decoder.feed(data):
            yield text
    yield decoder.finish()
    # A short one among much text would pass for signs of some charset.
    if decoder.foreign or archived:
        stream.trouble = stream.trouble or Why.UNSUPPORTED


def windows(
    texts: Iterable[str],
    where: str = "",
    *,
    hidden: bool = False,
    echo: bool = False,
    first: int = 1,
) -> Iterator[Part]:
    """The windows of a text that comes in pieces; `first` is the number of its first line."""
    cutter = Windows(where, hidden=hidden, echo=echo, first=first)
    for text in texts:
        yield from cutter.feed(text)
    yield from cutter.finish()


def read(stream: Stream, _: Budget) -> Iterator[Part]:
    """The parts of a plain text."""
    yield from windows(pieces(stream))
