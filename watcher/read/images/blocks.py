"""
The containers of pictures, walked from block to block: where words stand, and where each ends.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81), GIF89a, WebP (RFC 9649). Pixels are
stepped over. A walk yields blocks and returns where the picture ends in its
bytes, or None where it is torn.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Generator

Block = tuple[
    str, bytes
]  # what it is, and its bytes; packed: `inflate` or `brotli`, and what it is then
Walk = Generator[Block, None, int | None]

# Chunks of a PNG in which nothing can be written but pixels and their colours.
_PIXELS = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs", b"sBIT")
) | frozenset((b"hIST", b"tIME", b"acTL", b"fcTL", b"fdAT", b"iCCP", b"cICP", b"cLLi", b"mDCv"))
# No stuffing, no restart. What fills up before a marker is passed over, not matched: each of it would be tried.
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_GUID = 40  # the digest, length and offset before a piece of extended XMP
_PHOTOSHOP = b"Photoshop 3.0\0"


def png(body: bytes) -> Walk:
    """Text chunks and EXIF of a PNG."""
    at = 8
    while at + 12 <= len(body):
        size = int.from_bytes(body[at : at + 4], "big")
        kind = body[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(body):
            return None
        if kind == b"IEND":
            return end
        if kind not in _PIXELS:
            yield from _png_chunk(kind, body[at + 8 : end - 4])
        at = end
    return None


def _png_chunk(kind: bytes, data: bytes) -> Generator[Block, None, None]:
    name, _, rest = data.partition(b"\0")
    if kind == b"eXIf":
        yield "exif", data
    elif kind == b"tEXt":
        yield f"text {name.decode('latin-1')}", rest
    elif kind == b"zTXt":
        yield f"inflate {name.decode('latin-1')}", rest[1:]
    elif kind == b"iTXt":
        packed = rest[:1] == b"\1"
        *_, text = rest[2:].split(b"\0", 2)
        yield f"{'inflate' if packed else 'text'} {name.decode('latin-1')}", text
    else:
        yield "raw", data


def jpeg(body: bytes) -> Walk:
    """Comments, EXIF, XMP and Photoshop's blocks of a JPEG."""
    at = 2
    more: list[tuple[int, bytes]] = []
    end: int | None = None
    while found := _MARKER.search(body, at):
        marker = found[1][0]
        at = found.end()
        if marker == 0xD9:
            end = at
            break
        if marker in (0x01, 0xD8):
            continue
        size = int.from_bytes(body[at : at + 2], "big")
        if size < 2 or at + size > len(body):
            break
        data = body[at + 2 : at + size]
        at += size
        if marker == 0xFE:
            yield "text", data
        elif marker == 0xED and data.startswith(_PHOTOSHOP):
            yield "photoshop", data[len(_PHOTOSHOP) :]
        elif marker == 0xE1 and data.startswith(_MORE_XMP):
            piece = data[len(_MORE_XMP) :]
            more.append((int.from_bytes(piece[_GUID - 4 : _GUID], "big"), piece[_GUID:]))
        elif marker == 0xE1 and data.startswith(_XMP):
            yield "xmp", data[len(_XMP) :]
        elif marker == 0xE1 and data.startswith(b"Exif\0"):
            yield "exif", data[6:]
        elif 0xE0 <= marker <= 0xEF and data[:4] not in (b"JFIF", b"ICC_"):
            yield "raw", data
    if more:
        yield "xmp", b"".join(piece for _, piece in sorted(more, key=lambda each: each[0]))
    return end


def gif(body: bytes) -> Walk:
    """Comments, plain texts and XMP of a GIF."""
    if len(body) < 13:
        return None
    at = 13 + (3 << (body[10] & 7) + 1 if body[10] & 0x80 else 0)
    while at < len(body):
        kind = body[at]
        if kind == 0x3B:
            return at + 1
        if kind == 0x2C and at + 10 <= len(body):
            flags = body[at + 9]
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
            _, at = _subblocks(body, at, keep=False)
        elif kind == 0x21 and at + 2 <= len(body):
            label = body[at + 1]
            begin = at + 2
            data, at = _subblocks(body, begin, keep=label != 0xF9)
            if label == 0xFE:
                yield "text", data
            elif body[begin + 1 : begin + 12] == b"XMP DataXMP":
                # Written without lengths: a trailer makes of it what a reader can step over.
                yield "xmp", body[begin + 12 : at].rpartition(b">")[0] + b">"
            elif data:
                yield "raw", data
        else:
            return None
    return None


def _subblocks(body: bytes, at: int, *, keep: bool) -> tuple[bytes, int]:
    """The data of a row of sub-blocks, and the place after them."""
    kept: list[bytes] = []
    while at < len(body) and (size := body[at]):
        if keep:
            kept.append(body[at + 1 : at + 1 + size])
        at += 1 + size
    return b"".join(kept), at + 1


def webp(body: bytes) -> Walk:
    """EXIF and XMP of a WebP."""
    whole = 8 + int.from_bytes(body[4:8], "little")
    at = 12
    while at + 8 <= min(whole, len(body)):
        kind, size = struct.unpack_from("<4sI", body, at)
        data = body[at + 8 : at + 8 + size] if kind in (b"EXIF", b"XMP ") else b""
        if data:
            yield ("xmp", data) if kind == b"XMP " else ("exif", data.removeprefix(b"Exif\0\0"))
        at += 8 + size + (size & 1)
    return whole + (whole & 1) if whole <= len(body) else None
