"""
Bytes of no known form, swept for runs of text: ASCII, UTF-8, single accented letters, UTF-16.

What a sweep can see lies open in the bytes. A stretch that looks like chance
is compressed or encrypted: only long runs count there, and a body that holds
such stretches, or no text at all, is told as unread as well. Shannon, "A Mathematical Theory of
Communication" (1948): such bytes cannot be compressed any further.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from watcher.model import Part, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets.charset import WINDOWS
from watcher.read.stream import Item, Member, Stream
from watcher.read.text import windows
from watcher.read.within import INSIDE, Split

WHERE = "raw"
BLOCK = 1 << 14  # bytes that are judged together
SHORTEST = 6  # characters of a run
LONG = 20  # of a run among bytes like chance: there it comes once in 10 million by itself
_TAIL = 1 << 12  # bytes of a run that is carried over to the next block
_ENOUGH = 1 << 10  # bytes among which short runs come by chance
_DENSE = 0.85  # of its size that a block still has when it is compressed; base64 has 0.76

_LETTER = re.compile(rb"[\t\x20-\x7e\x80-\xff]{%d,}" % SHORTEST)
# Latin letters and typographic marks: others' bytes come in pixels and code all the time.
_UTF_8 = rb"[\xc3-\xc9][\x80-\xbf]|\xe1[\xb8-\xbb][\x80-\xbf]|\xe2\x80[\x80-\xbf]"
_ACCENT = rb"[\xc0-\xff](?=[A-Za-z]|[ ,.;'\t]|\Z)"  # Windows-1252, one at a time
_ONE = re.compile(rb"(?:[\t\x20-\x7e]|%b|%b){%d,}+" % (_UTF_8, _ACCENT, SHORTEST))
# Every second byte is a letter, the other says which half: little or big end first, both look so.
_HALF = rb"[\t\x20-\x7e\xa0-\xff]"
_TWO = re.compile(
    rb"%b[\0\1]%b[\0\1]%b(?:[\0\1]%b){%d,}\0?" % (_HALF, _HALF, _HALF, _HALF, SHORTEST - 3)
)
_PLAIN = re.compile(rb"[\t\x20-\x7e]{%d,}" % LONG)
_ESCAPED = {0xDC00 + byte: WINDOWS[byte] for byte in range(0x80, 0x100)}
_WORD = re.compile(r"[^\W_]{3}")


def dense(data: bytes) -> bool:
    """Whether bytes are like chance: compressed or encrypted."""
    return len(zlib.compress(data, 1)) > _DENSE * len(data)


def _found(data: bytes, *, chance: bool) -> Iterator[tuple[int, str]]:
    """Where runs begin, and their texts."""
    if chance:
        for found in _PLAIN.finditer(data):
            yield found.start(), found[0].decode("ascii")
    else:
        for found in _LETTER.finditer(data):
            if found[0].isascii():
                yield found.start(), found[0].decode("ascii")
                continue
            for run in _ONE.finditer(found[0]):
                yield found.start() + run.start(), _decoded(run[0])
    if data.count(0) >= SHORTEST - 1:
        for found in _TWO.finditer(data):
            wide = found[0] + b"\0" * (len(found[0]) & 1)
            yield found.start(), wide.decode("utf-16-le", "replace")


def _decoded(data: bytes) -> str:
    """UTF-8, and what is none of it by itself as Windows-1252."""
    return data.decode("utf-8", "surrogateescape").translate(_ESCAPED)


def runs(data: bytes, *, chance: bool = False) -> Iterator[str]:
    """
    The runs of text in bytes, in their order, without those that hold no word or number.

    `chance`: among bytes like chance, only long ones.
    """
    for _, text in sorted(_found(data, chance=chance)):
        line = " ".join(text.split())
        if len(line) >= (LONG if chance else SHORTEST) and _WORD.search(line):
            yield line


def swept(data: bytes, where: str, *, hidden: bool = True, echo: bool = False) -> Iterator[Part]:
    """The runs in a piece of a document whose format has no reader here, as Parts."""
    yield from windows((f"{line}\n" for line in runs(data)), where, hidden=hidden, echo=echo)


class Sweep:
    """
    Runs of text out of bytes that arrive in pieces.

    `found`: there were any. `dense`: some of the bytes were like chance.
    """

    def __init__(self) -> None:
        self.found = False
        self.dense = False
        self._rest = b""

    def feed(self, data: bytes, *, last: bool = False) -> Iterator[str]:
        """The lines that these bytes complete. A run beyond 4 KiB may come in several."""
        data = self._rest + data
        at = 0
        while len(data) - at > BLOCK + _TAIL or (last and at < len(data)):
            end = len(data) if len(data) - at <= BLOCK + _TAIL else _edge(data, at + BLOCK)
            yield from self._block(data[at:end])
            at = end
        self._rest = data[at:]

    def _block(self, block: bytes) -> Iterator[str]:
        found = dense(block)
        self.dense |= found
        for run in runs(block, chance=found and len(block) > _ENOUGH):
            self.found = True
            yield run + "\n"


def _edge(data: bytes, at: int) -> int:
    """A place near `at` that tears no run: two bytes after another that no text has."""
    for end in range(at, min(at + _TAIL, len(data) - 1)):
        if data[end - 2 : end] in (b"\0\0", b"\n\n") or data[end - 1 : end] in b"\xff\x01\x02":
            return end
    return at


def lines(stream: Stream | Split, sweep: Sweep) -> Iterator[str]:
    """The runs of text in a stream, each with a line feed."""
    for data in stream.chunks():
        yield from sweep.feed(data)
    yield from sweep.feed(b"", last=True)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """
    Bytes that nothing is known of, and the archive that begins among them.

    Raises Trouble(UNSUPPORTED) where some of them were like chance, or nothing
    was found: they may say something in a coding of their own.
    """
    sweep, split = Sweep(), Split(stream)
    yield from windows(lines(split, sweep), WHERE)
    inside = split.rest()
    if inside:
        budget.member()
        yield Member(name=INSIDE, stream=inside)
    if sweep.dense or not (sweep.found or inside):
        raise Trouble(Why.UNSUPPORTED)


def read_known(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A format that is known and has no reader. Raises Trouble(UNSUPPORTED) at its end."""
    split = Split(stream)
    yield from windows(lines(split, Sweep()), WHERE)
    if inside := split.rest():
        budget.member()
        yield Member(name=INSIDE, stream=inside)
    raise Trouble(Why.UNSUPPORTED)
