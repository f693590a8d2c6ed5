"""
Bytes changed inside what packs, seals or sums them, so that a change is not stopped at the door.

    file → one member of it → changed → the file again, lengths and checksums right

ZIP (PKWARE APPNOTE), gzip, bzip2, xz, compound files (MS-CFB), PDF streams, PNG
chunks, tar headers, the directory of 7z (7zFormat.txt).
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import olefile

Change = Callable[[bytes], bytes]

_LARGEST = 1 << 20  # of a member that is taken out
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def within(body: bytes, change: Change, chance: Random) -> bytes:
    """The body, changed inside. What cannot be taken apart is changed as it is."""
    for magic, inside in _WAYS:
        if body.startswith(magic):
            try:
                return inside(body, change, chance)
            except Exception:  # noqa: BLE001  # the tools that take apart raise anything; the change is plain then
                break
    if body[257:262] == b"ustar":
        return _tar(body, change, chance)
    return change(body)


def _zip(body: bytes, change: Change, chance: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        members = [(info.filename, opened.open(info).read(_LARGEST)) for info in opened.infolist()]
    at = chance.randrange(len(members))
    name, held = members[at]
    # Mostly one level down, sometimes two: a workbook in an archive is one as well.
    members[at] = name, within(held, change, chance) if chance.random() < 0.5 else change(held)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, held in members:
            made.writestr(zipfile.ZipInfo(name), held)
    return out.getvalue()


def _whole(unpack: Callable[[bytes], bytes], pack: Callable[[bytes], bytes]) -> Inside:
    return lambda body, change, chance: pack(within(unpack(body)[:_LARGEST], change, chance))


def _compound(body: bytes, change: Change, chance: Random) -> bytes:
    """A stream changed in its own sectors: cut or filled up to its length."""
    held = io.BytesIO(body)
    with olefile.OleFileIO(held, write_mode=True) as opened:
        path = chance.choice(opened.listdir())
        if opened.get_size(path) > len(body):
            raise ValueError  # a circle of sectors
        data = opened.openstream(path).read()
        opened.write_stream(path, change(data)[: len(data)].ljust(len(data), b"\0"))
    return held.getvalue()


def _pdf(body: bytes, change: Change, chance: Random) -> bytes:
    found = chance.choice([*_STREAM.finditer(body)])
    data = found[1]
    try:
        data = zlib.compress(change(zlib.decompressobj().decompress(data, _LARGEST)), 1)
    except zlib.error:
        data = change(data)
    return body[: found.start(1)] + data + body[found.end(1) :]


def _png(body: bytes, change: Change, chance: Random) -> bytes:
    chunks: list[bytes] = []
    at = 8
    while at + 12 <= len(body):
        (size,) = struct.unpack_from(">I", body, at)
        chunks.append(body[at + 4 : at + 8 + size])
        at += 12 + size
    place = chance.randrange(len(chunks))
    chunks[place] = change(chunks[place]).ljust(4, b"x")
    return body[:8] + b"".join(
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each))
        for each in chunks
    )


def _sevenzip(body: bytes, change: Change, chance: Random) -> bytes:
    at, size = struct.unpack_from("<QQ", body, 12)
    head = body[32 + at : 32 + at + size]
    packs = body[32 : 32 + at]
    if chance.random() < 0.3:
        packs = change(packs)
    else:
        head = change(head)
    start = struct.pack("<QQL", len(packs), len(head), zlib.crc32(head))
    return body[:8] + struct.pack("<L", zlib.crc32(start)) + start + packs + head


def _tar(body: bytes, change: Change, chance: Random) -> bytes:
    """A header changed, its sum made right."""
    heads = [at for at in range(0, len(body) - 511, 512) if body[at + 257 : at + 262] == b"ustar"]
    at = chance.choice(heads) if heads else 0
    head = bytearray(change(body[at : at + 512])[:512].ljust(512, b"\0"))
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return body[:at] + bytes(head) + body[at + 512 :]


Inside = Callable[[bytes, Change, Random], bytes]
_WAYS: tuple[tuple[bytes, Inside], ...] = (
    (b"PK\x03\x04", _zip),
    (b"\x1f\x8b", _whole(gzip.decompress, lambda data: gzip.compress(data, 1, mtime=0))),
    (b"BZh", _whole(bz2.decompress, bz2.compress)),
    (b"\xfd7zXZ", _whole(lzma.decompress, lambda data: lzma.compress(data, preset=0))),
    (b"\xd0\xcf\x11\xe0", _compound),
    (b"%PDF", _pdf),
    (b"\x89PNG", _png),
    (b"7z\xbc\xaf", _sevenzip),
)
