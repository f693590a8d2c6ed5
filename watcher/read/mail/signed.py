"""
Cryptographic messages (CMS, RFC 5652; S/MIME, RFC 8551): what is signed is opened.

The content of a signed message lies open inside it, in DER, or in BER with
lengths that are not told and octets in pieces (X.690 §8). Nothing is
verified. What is enveloped is encrypted.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.stream import Item, Member, Stream, chunked

_CONTENT = bytes.fromhex("06092a864886f70d0107")  # OID 1.2.840.113549.1.7
_SIGNED = 2
_KINDS = (_SIGNED, 3, 4, 6)  # signed; enveloped, both, encrypted
_OCTETS = 0x04
_PIECES = 0x24  # octets in pieces
_CONTEXT = 0xA0
_SEQUENCE = 0x30
_DEPTH = 8  # of pieces in pieces


def is_message(head: bytes) -> bool:
    """Whether a body that begins so is a cryptographic message in DER or BER."""
    if head[:1] != b"\x30":
        return False
    at = _content_at(head)
    return at > 0 and at + len(_CONTENT) < len(head) and head[at + len(_CONTENT)] in _KINDS


def _content_at(body: bytes) -> int:
    """Where the kind of a message stands, behind the length of the whole."""
    return body.find(_CONTENT, 2, 2 + 8 + len(_CONTENT))


class _Reader:
    """Elements of BER in a body. Raises Trouble(BROKEN) where they do not fit."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def element(self, at: int) -> tuple[int, int, int | None]:
        """The tag at a place, where its content begins, and ends: None where it does not say."""
        if at + 2 > len(self._body):
            raise Trouble(Why.BROKEN)
        tag, size = self._body[at], self._body[at + 1]
        at += 2
        if tag & 0x1F == 0x1F or size == 0xFF:
            raise Trouble(Why.BROKEN)
        if size == 0x80:
            return tag, at, None
        if size > 0x80:
            wide = size & 0x7F
            if wide > 8 or at + wide > len(self._body):
                raise Trouble(Why.BROKEN)
            size = int.from_bytes(self._body[at : at + wide], "big")
            at += wide
        return tag, at, at + size

    def inside(self, at: int, tag: int) -> int:
        """Where the content of the element of this tag at a place begins."""
        found, begin, _ = self.element(at)
        if found != tag:
            raise Trouble(Why.BROKEN)
        return begin

    def after(self, at: int) -> int:
        """The place after an element that says how long it is."""
        _, _, end = self.element(at)
        if end is None or end > len(self._body):
            raise Trouble(Why.BROKEN)
        return end

    def octets(self, at: int, depth: int = _DEPTH) -> Generator[tuple[int, int], None, int]:
        """The places of an octet string's bytes, a torn one's too. Returns the place after it."""
        tag, begin, end = self.element(at)
        if tag == _OCTETS and end is not None:
            yield begin, min(end, len(self._body))
            if end > len(self._body):
                raise Trouble(Why.BROKEN)
            return end
        if tag != _PIECES or not depth:
            raise Trouble(Why.BROKEN)
        while begin != end:
            if end is None and self._body[begin : begin + 2] == b"\0\0":
                return begin + 2
            begin = yield from self.octets(begin, depth - 1)
        return begin


def _content(body: bytes, budget: Budget) -> Iterator[bytes]:
    """What was signed (RFC 5652 §5.1); nothing, where the signature stands alone."""
    reader = _Reader(body)
    at = reader.inside(0, _SEQUENCE)
    at = reader.inside(reader.after(at), _CONTEXT)
    at = reader.inside(at, _SEQUENCE)
    at = reader.after(reader.after(at))  # the version, the digests
    at = reader.after(reader.inside(at, _SEQUENCE))  # the kind of the content
    if at >= len(body):
        raise Trouble(Why.BROKEN)
    if body[at] != _CONTEXT:
        return
    for begin, end in reader.octets(reader.inside(at, _CONTEXT)):
        budget.spend(end - begin)
        yield body[begin:end]


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The content of a signed message: the document itself in other clothes."""
    body = stream.whole(budget.bounds.held)
    at = _content_at(body) + len(_CONTENT)
    if body[at] != _SIGNED:
        raise Trouble(Why.ENCRYPTED)
    budget.member()
    yield Member(name="signed", stream=chunked(_content(body, budget)))
