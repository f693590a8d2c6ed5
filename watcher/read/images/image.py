"""
What is written in a picture beside its pixels: comments, EXIF, XMP, IPTC, and what stands after its end.

No pixel is decoded, so a picture of any size costs what its bytes do, and a
picture whose words were looked at is read. What its pixels show is looked at
where OCR is switched on (`ocr.picture`), and nowhere else.
"""

from __future__ import annotations

import binascii
import re
import struct
import zlib
from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.budget import Budget
from watcher.read.decoders import Brotli
from watcher.read.images import blocks as imageblocks
from watcher.read.images import boxes, exif
from watcher.read.ocr import picture
from watcher.read.raw import runs
from watcher.read.stream import CHUNK, Item, Member, Stream, chunked
from watcher.read.text import windows
from watcher.read.within import INSIDE, begin

WHERE = "metadata"
INFLATED = 8 << 20  # bytes of one compressed text

_HEX = re.compile(rb"\s*[\w ]{1,20}\s+\d{1,10}\s+([0-9A-Fa-f\s]+)\Z")
_PROFILE = re.compile(r"Raw profile type (\w+)\Z")  # as ImageMagick writes them
_IPTC = re.compile(rb"\x1c([\x01-\x09])(.)(..)", re.DOTALL)
_UTF_8 = b"\x1b%G"  # in 1:90


class _Words:
    """What the blocks of a picture say. `xmp`: XML, for another reader; `files`: archives."""

    def __init__(self, budget: Budget) -> None:
        self.lines: list[str] = []
        self.xmp: list[bytes] = []
        self.files: list[bytes] = []
        self.why: Why | None = None
        self._budget = budget

    def take(self, kind: str, data: bytes) -> None:
        kind, _, name = kind.partition(" ")
        if kind == "inflate":
            self._text(name, self._inflated(data))
        elif kind == "brotli":
            opened = self._unpacked(data)
            self.take(name, opened[4:] if name == "exif" else opened)
        elif kind == "text":
            self._text(name, data)
        elif kind == "exif":
            self.tiff(data)
        elif kind == "xmp":
            self.xmp.append(data)
        elif kind == "iptc":
            self.lines.extend(_iptc(data))
        elif kind == "photoshop":
            for inner, block in _resources(data):
                self.take(inner, block)
        else:
            at = begin(data)
            if at >= 0:
                self.files.append(data[at:])
            self.lines.extend(run + "\n" for run in runs(data[:at] if at >= 0 else data))

    def tiff(self, data: bytes) -> int:
        """Where it ends, by what it says; all of it, where it is torn."""
        found = exif.read(data)
        self.lines.extend(found.lines)
        if found.full:
            self.why = Why.LIMIT
        elif found.broken:
            self.why = self.why or Why.BROKEN
        for inner, block in found.blocks:
            self.take(inner, block)
        return len(data) if found.broken or found.full else min(found.end, len(data))

    def _text(self, name: str, data: bytes) -> None:
        if name == "XML:com.adobe.xmp":
            self.xmp.append(data)
            return
        profile, packed = _PROFILE.match(name), _HEX.match(data)
        if profile and packed:
            letters = b"".join(packed[1].split())
            self._profile(profile[1], binascii.unhexlify(letters[: len(letters) // 2 * 2]))
            return
        if line := exif.decoded(data):
            self.lines.append(f"{name}: {line}\n" if name else line + "\n")

    def _profile(self, name: str, body: bytes) -> None:
        if name in ("exif", "APP1"):
            body = body.removeprefix(b"Exif\0\0")
            self.take("exif" if exif.is_tiff(body) else "raw", body)
        elif name == "xmp":
            self.xmp.append(body)
        else:
            self.take("photoshop" if body.startswith(b"8BIM") else "iptc", body)

    def _inflated(self, data: bytes) -> bytes:
        made = zlib.decompressobj()
        try:
            text = made.decompress(data, INFLATED)
        except zlib.error:
            self.why = self.why or Why.BROKEN
            return b""
        if made.unconsumed_tail:
            self.why = Why.LIMIT
        self._budget.spend(len(text))
        return text

    def _unpacked(self, data: bytes) -> bytes:
        """What Brotli made small (RFC 7932)."""
        made = Brotli()
        out = b""
        try:
            while not made.eof and len(out) <= INFLATED:
                piece = made.decompress(data if made.needs_input else b"", CHUNK)
                data = b""
                if not piece and not made.eof:
                    raise ValueError("torn")
                out += piece
        except ValueError:
            self.why = self.why or Why.BROKEN
        if len(out) > INFLATED:
            self.why = Why.LIMIT
        self._budget.spend(len(out))
        return out[:INFLATED]


def _resources(data: bytes) -> Iterator[imageblocks.Block]:
    """Photoshop's image resources: IPTC, EXIF and XMP among them, and the captions of others."""
    at = 0
    while data[at : at + 4] == b"8BIM" and at + 12 <= len(data):
        (number,) = struct.unpack_from(">H", data, at + 4)
        name = data[at + 6] + 1
        at += 6 + name + (name & 1)
        size = int.from_bytes(data[at : at + 4], "big")
        block = data[at + 4 : at + 4 + size]
        kind = {0x0404: "iptc", 0x0422: "exif", 0x0423: "exif", 0x0424: "xmp"}.get(number, "raw")
        yield kind, block
        at += 4 + size + (size & 1)


def _iptc(data: bytes) -> Iterator[str]:
    """Datasets of IPTC-IIM 4.2: one line for each that is text."""
    at = 0
    while found := _IPTC.match(data, at):
        size = int.from_bytes(found[3], "big")
        at = found.end()
        if size & 0x8000:
            wide = size & 0x7FFF
            size = int.from_bytes(data[at : at + min(wide, 8)], "big")
            at += wide
        value = data[at : at + size]
        at += size
        if found[1] != b"\1" and len(value) > 2 and (line := exif.decoded(value)):
            yield line + "\n"


def _walk(body: bytes) -> imageblocks.Walk:
    if body.startswith(b"\x89PNG"):
        return imageblocks.png(body)
    if body.startswith(b"\xff\xd8"):
        return imageblocks.jpeg(body)
    if body.startswith(b"GIF8"):
        return imageblocks.gif(body)
    if body.startswith(b"RIFF"):
        return imageblocks.webp(body)
    return boxes.boxed(body)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The words of a picture, its XMP and what stands after its end as members."""
    body = stream.whole(budget.bounds.held)
    words = _Words(budget)
    end: int | None = len(body)
    if exif.is_tiff(body):
        end = words.tiff(body)
    elif body.startswith(b"BM"):
        end = max(int.from_bytes(body[2:6], "little"), 14)
    else:
        end = _heard(_walk(body), words)
    yield from windows(words.lines, WHERE, hidden=True)
    for packet in words.xmp:
        budget.member()
        yield Member(name="XMP", stream=chunked(iter((packet.strip(b"\0 \r\n"),))))
    for inside in words.files:
        budget.member()
        yield Member(name=INSIDE, stream=chunked(iter((inside,))))
    if end is None or end > len(body):
        words.why = words.why or Why.BROKEN
    elif body[end : end + CHUNK].strip(b"\0 \r\n") or body[end:].strip(b"\0 \r\n"):
        budget.member()
        rest = (body[at : at + CHUNK] for at in range(end, len(body), CHUNK))
        yield Member(name="after the image", stream=chunked(rest))
    yield from picture.words(body, budget)
    if words.why:
        yield Unread(where="", why=words.why)


def _heard(walk: imageblocks.Walk, words: _Words) -> int | None:
    """Takes what a walk tells, and where it says that the picture ends."""
    while True:
        try:
            words.take(*next(walk))
        except StopIteration as done:
            end: int | None = done.value
            return end
