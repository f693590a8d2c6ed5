"""
Pictures made of boxes: HEIC and AVIF (ISO/IEC 14496-12, 23008-12), JPEG 2000 and JPEG XL containers.

A box is a length, a type and a content. Where words stand: items of the kinds
`Exif` and `mime`, whose bytes the table of places (`iloc`) finds anywhere in
the file; names and descriptions; boxes of their own in JPEG 2000 (15444-1
annex I, 15444-2 annex M) and JPEG XL (18181-2). Pixels are stepped over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.read.images.blocks import Block, Walk

ITEMS = 1000  # with words, of one picture
DEPTH = 4
BOXES = 10_000

_TYPE = re.compile(rb"[ -~\xa9]{4}")
_EXIF = re.compile(rb"Exif\0\0(?=MM\0\*|II\*\0)")
_PACKET, _PACKED = b"<x:xmpmeta", re.compile(rb"</x:xmpmeta\s{0,99}>")
_LONGEST = 1 << 20  # bytes of what has only a mark at its beginning
_WITHIN = frozenset((b"iprp", b"ipco", b"moov", b"udta", b"trak", b"jp2h", b"asoc", b"jumb"))
# Nothing can be written in them but pixels, and how they are to be shown.
_PIXELS = frozenset((b"ftyp", b"mdat", b"jp2c", b"jxlc", b"jxlp", b"jbrd", b"JXL ", b"jP  ", b"jxll",
    b"hvcC", b"av1C", b"ispe", b"pixi", b"colr", b"pitm", b"iref", b"ipma", b"idat", b"jxli",
    b"ihdr", b"hdlr", b"dinf", b"irot", b"imir", b"auxC", b"clap", b"grpl", b"mdia", b"mvhd", b"tkhd"))  # fmt: skip
_DULL = (b"", b"Image", b"Color", b"Alpha", b"Exif", b"XMP")  # what programs call items
_UUIDS = {
    bytes.fromhex("be7acfcb97a942e89c71999491e3afac"): "xmp",
    bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38"): "iptc",
    b"JpgTiffExif->JP2": "exif",
}


@dataclass(slots=True)
class _Found:
    """What the items of a picture are, and where their bytes lie."""

    kinds: dict[int, str] = field(default_factory=dict)
    places: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)  # how, at, size
    data: bytes = field(default=b"", repr=False)  # of `idat`
    boxes: int = BOXES
    told: bool = False


class _Bytes:
    """Numbers out of a box, one after another; zero beyond its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def number(self, size: int) -> int:
        self.at += size
        return int.from_bytes(self._data[self.at - size : self.at], "big")

    def text(self) -> bytes:
        end = self._data.find(b"\0", self.at)
        end = len(self._data) if end < 0 else end
        found = self._data[self.at : end]
        self.at = end + 1
        return found

    @property
    def ended(self) -> bool:
        return self.at >= len(self._data)


def _boxes(body: bytes, begin: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Types, and where each content begins and ends; an end beyond `end` is a tear."""
    at = begin
    while at + 8 <= end and _TYPE.fullmatch(body, at + 4, at + 8):
        size = int.from_bytes(body[at : at + 4], "big")
        head = 8
        if size == 1:
            size, head = int.from_bytes(body[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head:
            return
        yield body[at + 4 : at + 8], at + head, at + size
        at += size


def boxed(body: bytes) -> Walk:
    """The words of the boxes; where the picture's last box ends, None where it is torn."""
    found = _Found()
    end = 0
    for kind, begin, after in _boxes(body, 0, len(body)):
        yield from _told(body, kind, begin, min(after, len(body)), found, DEPTH)
        end = after
    yield from _items(body, found)
    torn = not end or end > len(body)
    if torn and not found.told:
        yield from _marked(body)
    return None if torn else end


def _told(
    body: bytes, kind: bytes, begin: int, end: int, found: _Found, depth: int
) -> Iterator[Block]:
    found.boxes -= 1
    if kind == b"idat":
        found.data = body[begin:end]
    if kind in _PIXELS or found.boxes < 0 or not depth:
        return
    if kind in _WITHIN or kind == b"meta":
        begin += 4 if kind == b"meta" and body[begin : begin + 4] == bytes(4) else 0
        for inner, at, after in _boxes(body, begin, end):
            yield from _told(body, inner, at, min(after, end), found, depth - 1)
        return
    data = body[begin:end]
    if kind == b"iinf":
        yield from _named(data, found)
    elif kind == b"iloc":
        _placed(data, found)
    elif kind == b"udes":
        # Language, name, description, tags (23008-12, 6.5.20).
        yield from (("text", each) for each in data[4:].split(b"\0")[1:] if each)
    else:
        block = _block(kind, data)
        found.told |= block[0] != "raw"
        yield block


def _block(kind: bytes, data: bytes) -> Block:
    """A box that holds words itself."""
    if kind == b"Exif":
        return "exif", _tiff(data)
    if kind == b"xml ":
        return "xmp", data
    if kind == b"brob":
        inner = {b"Exif": "exif", b"xml ": "xmp"}.get(data[:4], "raw")
        return f"brotli {inner}", data[4:]
    if kind == b"uuid":
        return _UUIDS.get(data[:16], "raw"), data[16:]
    return "raw", data


def _tiff(data: bytes) -> bytes:
    """A TIFF structure behind the four bytes that say how far behind them it begins."""
    return data[4 + int.from_bytes(data[:4], "big") :] if len(data) > 4 else b""


def _named(data: bytes, found: _Found) -> Iterator[Block]:
    """Kinds of items (14496-12, 8.11.6); their names are words."""
    begin = 6 if data[:1] == b"\0" else 8
    for kind, at, end in _boxes(data, begin, len(data)):
        version = data[at] if at < len(data) else 0
        if kind != b"infe" or version not in (2, 3):
            continue
        entry = _Bytes(data[at + 4 : end])
        number = entry.number(2 if version == 2 else 4)
        entry.number(2)
        what = entry.number(4).to_bytes(4, "big")
        name = entry.text()
        if name not in _DULL:
            yield "text", name
        if what == b"Exif":
            found.kinds[number] = "exif"
        elif what == b"mime":
            found.kinds[number] = "xmp" if b"xml" in entry.text() else "raw"
        elif what == b"uri ":
            found.kinds[number] = "raw"


def _placed(data: bytes, found: _Found) -> None:
    """Where the bytes of items lie (14496-12, 8.11.3)."""
    table = _Bytes(data)
    version = table.number(1)
    table.number(3)
    sizes = table.number(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    for _ in range(table.number(wide)):
        if table.ended:
            return
        number = table.number(wide)
        how = table.number(2) & 15 if version else 0
        table.number(2)
        start = table.number(base)
        places = found.places.setdefault(number, [])
        for _ in range(table.number(2)):
            if table.ended:
                return
            if version and index:
                table.number(index)
            at = start + table.number(offset)
            places.append((how, at, table.number(length)))


def _items(body: bytes, found: _Found) -> Iterator[Block]:
    """The bytes of items with words; all together no more than the picture has."""
    left = len(body)
    for number, kind in list(found.kinds.items())[:ITEMS]:
        pieces = []
        for how, at, size in found.places.get(number, ()):
            source = found.data if how == 1 else body
            piece = source[at : at + min(size or left, left)] if how in (0, 1) else b""
            left -= len(piece)
            pieces.append(piece)
        data = b"".join(pieces)
        if data:
            found.told = True
            yield kind, _tiff(data) if kind == "exif" else data


def _marked(body: bytes) -> Iterator[Block]:
    """EXIF and XMP by their marks, where no box leads to them."""
    left = 2 * len(body)  # marks may stand closer than what they begin is long
    for found in _EXIF.finditer(body):
        data = body[found.end() : found.end() + min(_LONGEST, left)]
        left -= len(data)
        yield "exif", data
        if not left:
            break
    at = 0
    for found in _PACKED.finditer(body):
        begin = body.find(_PACKET, max(at, found.start() - _LONGEST), found.start())
        at = found.end()
        if begin >= 0:
            yield "xmp", body[begin:at]
