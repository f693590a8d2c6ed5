"""
The parts of a mail by their places in its bytes (RFC 2045, 2046): nothing is copied.

Written for mails as they come: boundaries that are missing, never closed or
not those that were declared, base64 with a list's footer behind it. What is
in no part is loose and given as well, so that every byte of a mail is a
header's, a part's or loose.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from watcher.read.budget import Budget
from watcher.read.mail.envelope import BLANK, FIELD, LEAD
from watcher.read.mail.fields import Fields
from watcher.read.stream import CHUNK, Stream, chunked

DEPTH = 30  # of multiparts in multiparts
PARTS = 10_000
ELIDED = 200  # fewer bytes of base64 stay in the raw text as well
_GUESS = re.compile(rb"(?:\A|\n)--([!-~]{1,200})[ \t]*\r?\n(?=Content-[!-9;-~]{1,60}:)", re.I)
# Base64 is wrapped at 64 or 76, or not at all.
_LONG = re.compile(rb"[ \t\r\n]*(?:[A-Za-z0-9+/]{40,}={0,2}[ \t]*(?:\r?\n|\Z))+")
_SHORT = re.compile(rb"[ \t\r\n]*([A-Za-z0-9+/]{1,39}={0,2})[ \t]*(?:\r?\n|\Z)")
_AFTER = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")
_FEED = 0x0A
_PAD = re.compile(rb"=+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    A part from `start` to `end` in the mail's bytes; what it is, by its header fields.

    `loose`: it belongs to no part (a preamble, an epilogue, a footer).
    `deep`: it holds parts that were not looked for any more.
    """

    start: int
    end: int
    fields: Fields = field(repr=False)
    loose: bool = False
    deep: bool = False


def headers(body: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the header fields that begin at `start` end, and where what follows them begins."""
    at = start
    while at < end and (found := FIELD.match(body, at, end)):
        at = found.end()
    blank = BLANK.match(body, at, end)
    return at, blank.end() if blank else at


def pieces(body: bytes) -> tuple[tuple[int, int], list[Piece]]:
    """The place of a mail's own headers, with what stands before them, and its pieces in order."""
    lead = LEAD.match(body)
    first, begin = headers(body, lead.end() if lead else 0, len(body))
    top = Fields(body[lead.end() if lead else 0 : first])
    splitter = _Splitter(body)
    return (0, first), list(splitter.split(begin, len(body), top, DEPTH))


class _Splitter:
    """Cuts a mail at its boundaries. Beyond so many parts, what is left is one that is `deep`."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._left = PARTS

    def split(self, start: int, end: int, fields: Fields, depth: int) -> Iterator[Piece]:
        """The pieces of an entity whose body is at this place."""
        self._left -= 1
        if not fields.kind.startswith("multipart/"):
            yield Piece(start=start, end=end, fields=fields)
            return
        if not depth or self._left <= 0:
            yield Piece(start=start, end=end, fields=fields, deep=True)
            return
        places = self._delimiters(start, end, fields.boundary)
        if not places:
            guess = _GUESS.search(self._body, start, end)
            places = self._delimiters(start, end, guess[1]) if guess else []
        if not places:
            yield Piece(start=start, end=end, fields=fields)
            return
        nothing = Fields(b"")
        yield Piece(start=start, end=places[0][0], fields=nothing, loose=True)
        for number, (_, begin, closed) in enumerate(places, start=1):
            until = places[number][0] if number < len(places) else end
            if closed:
                yield Piece(start=begin, end=until, fields=nothing, loose=True)
            elif self._left <= 0:
                yield Piece(start=begin, end=end, fields=nothing, deep=True)
                return
            else:
                last, inner = headers(self._body, begin, until)
                yield from self.split(inner, until, Fields(self._body[begin:last]), depth - 1)

    def _delimiters(self, start: int, end: int, boundary: bytes) -> list[tuple[int, int, bool]]:
        """Where the lines of a boundary begin and end, and whether each closes the whole."""
        found: list[tuple[int, int, bool]] = []
        line = b"--" + boundary
        at = self._body.find(line, start, end) if boundary else -1
        while at >= 0 and len(found) <= PARTS:
            after = at + len(line)
            rest = _AFTER.match(self._body, after, end)
            if rest and (at == start or self._body[at - 1] == _FEED):
                found.append((at, rest.end(), bool(rest[1])))
            at = self._body.find(line, after, end)
        return found


def armoured(body: bytes, piece: Piece) -> tuple[int, int]:
    """
    How far a piece that is said to be base64 is base64: where its long lines end, and it all.

    Both are its start where there is none.
    """
    whole = at = piece.start
    while found := _LONG.match(body, at, piece.end):
        whole = at = found.end()
        short = _SHORT.match(body, at, piece.end)
        if short and _ends(body, found, short, piece.end):
            at = short.end()
    if at == piece.start and (short := _SHORT.match(body, at, piece.end)):
        at = short.end() if _ends(body, None, short, piece.end) else at
    return whole, at


def _ends(body: bytes, before: re.Match[bytes] | None, short: re.Match[bytes], end: int) -> bool:
    """Whether a short line is the end of the base64 before it, and no word of a footer."""
    if before and before[0].rstrip().endswith(b"="):
        return False
    return len(short[1]) % 4 == 0 or not body[short.end() : end].strip()


def decoded(
    body: bytes, start: int, end: int, fields: Fields, budget: Budget, *, lead: bytes = b""
) -> Stream:
    """The content of these bytes after `lead`, their transfer encoding undone as it is read."""
    undo = {"base64": _base64, "quoted-printable": _printable}.get(fields.coding, _plain)

    def chunks() -> Iterator[bytes]:
        for data in chain((lead,), undo(body, start, end)):
            budget.spend(len(data))
            yield data

    return chunked(chunks(), declared=fields.charset)


def _plain(body: bytes, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, CHUNK):
        yield body[at : min(at + CHUNK, end)]


def _base64(body: bytes, start: int, end: int) -> Iterator[bytes]:
    rest = b""
    for data in _plain(body, start, end):
        # Each run of padding ends a piece of its own: some programs pad every line.
        *whole, rest = _PAD.split(rest + data.translate(None, b" \t\r\n"))
        cut = len(rest) - len(rest) % 4
        given = b"".join((*map(_letters, whole), binascii.a2b_base64(rest[:cut])))
        rest = rest[cut:]
        if given:
            yield given
    if last := _letters(rest):
        yield last


def _letters(data: bytes) -> bytes:
    """What letters of base64 say; one alone at their end says nothing."""
    if len(data) % 4 == 1:
        data = data[:-1]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def _printable(body: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        until = min(start + CHUNK, end)
        cut = body.rfind(b"\n", start, until) + 1 if until < end else until
        cut = cut or until
        if data := binascii.a2b_qp(body[start:cut]):
            yield data
        start = cut
