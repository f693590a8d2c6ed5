"""
TIFF directories, as TIFF files and EXIF blocks have them: the text in their fields.

TIFF 6.0; CIPA DC-008 (EXIF); BigTIFF. Pixels are never looked at. A directory
may point anywhere, itself included: each is read once, and so many fields.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.read.charsets.charset import Decoder
from watcher.read.raw import runs

FIELDS = 20_000
DIRECTORIES = 2_000  # pages of a scan
VALUE = 1 << 20  # bytes of one field's text

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4, 16: 8, 18: 8, 129: 1}
_TEXTS = (2, 129)  # ASCII, and UTF-8 of EXIF 3
_BYTES = (1, 6, 7)
_POINTERS = (0x8769, 0x8825, 0xA005, 0x014A)  # to the directories of EXIF, GPS, … and children
_PACKED = {0x02BC: "xmp", 0x83BB: "iptc", 0x8649: "photoshop"}
_WINDOWS = range(0x9C9B, 0x9CA0)  # XPTitle, XPComment, XPAuthor, XPKeywords, XPSubject: UTF-16
_COMMENTS = (0x9286, 0x001B, 0x001C)  # UserComment, GPS method and area: a charset in 8 bytes
_PIXELS = frozenset((0x0111, 0x0117, 0x0144, 0x0145, 0x0140, 0x8773, 0x0201, 0x0202, 0x015B))
_PLACED = (0x0111, 0x0117, 0x0144, 0x0145, 0x0201, 0x0202)
_LETTERS = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_NAMES = {
    0x010D: "DocumentName", 0x010E: "ImageDescription", 0x011D: "PageName", 0x013B: "Artist",
    0x013C: "HostComputer", 0x8298: "Copyright", 0x9286: "UserComment", 0x9C9B: "XPTitle",
    0x9C9C: "XPComment", 0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords", 0x9C9F: "XPSubject",
    0xA430: "CameraOwnerName",
}  # fmt: skip


@dataclass(slots=True)
class Directory:
    """
    What a TIFF structure says: lines of text, and blocks of other kinds. `broken`: torn.

    `full`: its fields say more than the file is long, by pointing at the same bytes.
    `end`: where the last of its directories, values and pixels ends.
    """

    lines: list[str] = field(default_factory=list, repr=False)
    blocks: list[tuple[str, bytes]] = field(default_factory=list, repr=False)
    broken: bool = False
    full: bool = False
    end: int = 0


def decoded(data: bytes) -> str:
    """Text of a charset that nobody named, in one line."""
    data = data.replace(b"\0", b" ")
    decoder = Decoder(data)
    return " ".join((decoder.feed(data) + decoder.finish()).split())


def is_tiff(body: bytes) -> bool:
    """Whether bytes begin as a TIFF structure."""
    return body[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def read(body: bytes) -> Directory:
    """The text of a TIFF structure. Never fails: what cannot be followed is left out."""
    found = Directory()
    try:
        _walk(body, found)
    except (struct.error, OverflowError):
        found.broken = True
    return found


def _walk(body: bytes, found: Directory) -> None:
    order = "<" if body[:2] == b"II" else ">"
    big = body[2:4] in (b"+\0", b"\0+")
    count, entry, offset = ("Q", 20, "Q") if big else ("H", 12, "I")
    todo = [struct.unpack_from(order + offset, body, 8 if big else 4)[0]]
    seen: set[int] = set()
    said: set[tuple[int, int]] = set()  # values may be shared, and are read once
    left = FIELDS
    room = 2 * len(body)  # pages may share a description
    while todo and left and len(seen) < DIRECTORIES:
        at = todo.pop()
        if not at or at in seen:
            continue
        seen.add(at)
        (number,) = struct.unpack_from(order + count, body, at)
        at += struct.calcsize(count)
        pixels: dict[int, tuple[int, ...]] = {}
        for _ in range(min(number, left)):
            left -= 1
            tag, form = struct.unpack_from(order + "HH", body, at)
            (size,) = struct.unpack_from(order + offset, body, at + 4)
            width = struct.calcsize(offset)
            length = _SIZES.get(form, 0) * size
            begin = at + 4 + width
            if length > width:
                (begin,) = struct.unpack_from(order + offset, body, begin)
            found.end = max(found.end, begin + length)
            if begin + length > len(body):
                found.broken = True
            elif tag in _PLACED and form in _LETTERS:
                pixels[tag] = struct.unpack_from(f"{order}{size}{_LETTERS[form]}", body, begin)
            elif tag in _POINTERS and form in (3, 4, 13, 16, 18):
                letter = _LETTERS.get(form, "I")
                pointers = min(size, DIRECTORIES)
                todo.extend(struct.unpack_from(f"{order}{pointers}{letter}", body, begin))
            elif length and tag not in _PIXELS and (begin, length) not in said:
                said.add((begin, length))
                room -= min(length, VALUE)
                if room < 0:
                    found.full = True
                    return
                _take(found, tag, form, body[begin : begin + min(length, VALUE)], order)
            at += entry
        todo.append(struct.unpack_from(order + offset, body, at)[0])
        found.end = max(found.end, at + struct.calcsize(offset), *_ends(pixels, len(body)))


def _ends(pixels: dict[int, tuple[int, ...]], most: int) -> Iterator[int]:
    """Where strips, tiles and previews end; where their sizes are not said, they may go to the end."""
    for places, sizes in ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202)):
        if places in pixels:
            told = pixels.get(sizes, ())
            yield from map(sum, zip(pixels[places], told, strict=False))
            if len(told) < len(pixels[places]):
                yield most
    yield 0


def _take(found: Directory, tag: int, form: int, data: bytes, order: str) -> None:
    if tag in _PACKED:
        found.blocks.append((_PACKED[tag], data))
        return
    if form in _TEXTS:
        texts = [decoded(data)]
    elif tag in _WINDOWS:
        texts = [data.decode("utf-16-le", "replace")]
    elif tag in _COMMENTS and form in _BYTES:
        texts = [_comment(data, order)]
    elif form in _BYTES and len(data) > 8:
        texts = list(runs(data))  # a maker's notes
    else:
        return
    name = _NAMES.get(tag, "")
    for text in texts:
        if line := " ".join(text.replace("\0", " ").split()):
            found.lines.append(f"{name}: {line}\n" if name else line + "\n")


def _comment(data: bytes, order: str) -> str:
    """A comment after the 8 bytes that name its charset (DC-008 §4.6.5)."""
    charset, text = data[:8].rstrip(b"\0 ").upper(), data[8:]
    if charset == b"UNICODE":
        # Its order is the file's, by most programs; by others it is always that of the network.
        plain = text.count(b"\0")
        if plain and not text.startswith((b"\xff\xfe", b"\xfe\xff")):
            order = "<" if text[1::2].count(0) >= text[::2].count(0) else ">"
        codec = "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        return text.decode(codec or ("utf-16-le" if order == "<" else "utf-16-be"), "replace")
    if charset == b"JIS":
        return text.decode("iso2022_jp", "replace")
    return decoded(text if charset in (b"ASCII", b"") else data)
