"""
A mail (RFC 5322, MIME): its header lines, its bodies and its attachments.

Bodies and attachments are members, so that a mail in a mail, a page and a
workbook are opened like any other. Beside them stands the mail as it came,
base64 left out, as an echo: where a mail is none after all, or lies about its
encodings, what was written in it is read all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets.charset import Decoder
from watcher.read.label import label
from watcher.read.mail import fields, mime
from watcher.read.mail.fields import Fields
from watcher.read.mail.mime import ELIDED, Piece
from watcher.read.names import fields as fielded
from watcher.read.sniff import is_page
from watcher.read.stream import CHUNK, Item, Member, Stream
from watcher.read.text import windows

_PGP = b"-----BEGIN PGP MESSAGE"
_PAGE = b"<!DOCTYPE html>\n"
_CALLED = {
    "text/plain": "text",
    "text/html": "html",
    "text/calendar": "calendar",
    "message/rfc822": "message",
    "message/delivery-status": "report",
    "application/ms-tnef": "winmail.dat",
}
_FREE = 4  # parts that count as the mail itself: it has a text and a page, and what is around them


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A mail's headers, the names of its parts, the mail as it came, its parts."""
    body = stream.whole(budget.bounds.held)
    (start, first), found = mime.pieces(body)
    yield from windows(fields.lines(body[start:first]), "headers")
    names = (fielded(each.fields.name) + "\n" for each in found if each.fields.name)
    yield from windows(names, "names of attachments")
    ends = [mime.armoured(body, each) if _is_base64(each) else None for each in found]
    yield from windows(_raw(body, found, ends), echo=True)
    called: Counter[str] = Counter()
    places = [each for pair in zip(found, ends, strict=True) for each in _places(*pair)]
    for number, (piece, start, end) in enumerate(places):
        if not body[start:end].strip():
            continue
        name = _name(piece, called)
        if number >= _FREE:
            try:
                budget.member()
            except Trouble as trouble:
                yield Unread(where=name, why=trouble.why)
                return
        if piece.deep:
            yield Unread(where=name, why=Why.LIMIT)
        yield _member(body, piece, start, end, name, budget)


def _places(piece: Piece, armour: tuple[int, int] | None) -> Iterator[tuple[Piece, int, int]]:
    """A piece from where to where; what stands behind its base64 is one of its own."""
    if armour is None:
        yield piece, piece.start, piece.end
        return
    if armour[1] > piece.start:
        yield piece, piece.start, armour[1]
    yield replace(piece, fields=Fields(b""), loose=True, start=armour[1]), armour[1], piece.end


def _is_base64(piece: Piece) -> bool:
    return piece.fields.coding == "base64" and not piece.loose


def _name(piece: Piece, called: Counter[str]) -> str:
    """A part's label: its file's name, or what it is; numbered where several have the same."""
    name = piece.fields.name or _CALLED.get(piece.fields.kind, "part")
    if piece.loose:
        name = "between the parts"
    called[name] += 1
    return label(name if called[name] == 1 else f"{name} {called[name]}")


def _member(
    body: bytes, piece: Piece, start: int, end: int, name: str, budget: Budget
) -> Member | Unread:
    content = mime.decoded(body, start, end, piece.fields, budget)
    head = content.head()
    if head.lstrip().startswith(_PGP):
        return Unread(where=name, why=Why.ENCRYPTED)
    if piece.fields.kind == "text/html" and b"\0" not in head and not _is_page(head):
        # Said to be a page, and does not begin like one.
        content = mime.decoded(body, start, end, piece.fields, budget, lead=_PAGE)
    return Member(name=name, stream=content)


def _is_page(head: bytes) -> bool:
    return is_page(head.decode("utf-8", "replace"))


def _text(body: bytes, start: int, end: int) -> Iterator[str]:
    decoder = Decoder(body[start : min(end, start + CHUNK)])
    for at in range(start, end, CHUNK):
        yield decoder.feed(body[at : min(at + CHUNK, end)])
    yield decoder.finish()


def _raw(body: bytes, found: list[Piece], ends: list[tuple[int, int] | None]) -> Iterator[str]:
    """The mail as it came, without long stretches of base64."""
    at = 0
    for piece, armour in zip(found, ends, strict=True):
        if armour and armour[0] - piece.start > ELIDED:
            yield from _text(body, at, piece.start)
            at = armour[0]
    yield from _text(body, at, len(body))
