"""Archives of gigabytes, of millions, in each other, and of members that share their bytes."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from functools import lru_cache

import cabarchive
import numpy as np
import py7zr

from tests.watcher.read.bombs.bomb import LINE, MIB, Bomb, told
from tests.watcher.read.packed import libarchived, rar, tarred

MANY = 1_000_000
FEWER = 50_000
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")


@lru_cache
def deflated(size: int) -> tuple[bytes, int]:
    """So many MiB of one line deflated, and their checksum."""
    made = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = (LINE * (MIB // len(LINE) + 1))[:MIB]
    crc, out = 0, []
    for _ in range(size):
        crc = zlib.crc32(piece, crc)
        out.append(made.compress(piece))
    return b"".join([*out, made.flush()]), crc


def zipped(*names: str, size: int = 128) -> bytes:
    """Members of so many MiB each."""
    packed, crc = deflated(size)
    held, entries = io.BytesIO(), []
    for name in names:
        fields = (20, 0, 8, 0, 0, crc, len(packed), size * MIB, len(name), 0)
        entries.append((held.tell(), fields, name.encode()))
        held.write(_LOCAL.pack(b"PK\x03\x04", *fields) + name.encode() + packed)
    return held.getvalue() + _directory(entries, held.tell())


def _directory(entries: list[tuple[int, tuple[int, ...], bytes]], at: int) -> bytes:
    said = b"".join(
        _CENTRAL.pack(b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, place) + name
        for place, fields, name in entries
    )
    number = min(len(entries), 0xFFFF)
    return said + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(said), at, 0)


def stored(members: list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, body in members:
            made.writestr(name, body)
    return held.getvalue()


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive, a text in the innermost."""
    body = stored([("a.txt", LINE)])
    for _ in range(depth):
        body = stored([("a.zip", body)])
    return body


def branching(levels: int, width: int = 16) -> bytes:
    """Sixteen archives in each of sixteen, and so on, after the best-known one, 42.zip."""
    body = zipped("0.txt", size=16)
    for _ in range(levels):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
            for at in range(width):
                made.writestr(f"{at}.zip", body)
        body = held.getvalue()
    return body


def overlapping(number: int) -> bytes:
    """
    Members that all unfold the same kernel, each header quoted by the one before it.

    David Fifield, "A better zip bomb" (WOOT 2019), as zbsm: a stored block of
    deflate that holds the next header stands before the kernel.
    """
    kernel, _ = deflated(64)
    names = [f"{at:05}".encode() for at in range(number)]
    body, size, tail = kernel, 64 * MIB, b""
    entries = []
    for name in reversed(names):
        if tail:
            quote = struct.pack("<BHH", 0, len(tail), len(tail) ^ 0xFFFF)
            body, size = quote + body, size + len(tail)
        fields = (20, 0, 8, 0, 0, 0, len(body), size, len(name), 0)
        tail = _LOCAL.pack(b"PK\x03\x04", *fields) + name
        body = tail + body
        entries.append((len(body), fields, name))
    places = [(len(body) - size, fields, name) for size, fields, name in reversed(entries)]
    return body + _directory(places, len(body))


def tiny(number: int = MANY) -> bytes:
    """So many members of one byte (APPNOTE 4.3.14: ZIP64, for their number)."""
    names = np.char.encode(np.char.mod("%07d", np.arange(number)))
    fields = (20, 0, 0, 0, 0, zlib.crc32(b"x"), 1, 1, 7, 0)
    local = _rows(_LOCAL.pack(b"PK\x03\x04", *fields), names, b"x")
    central = _rows(_CENTRAL.pack(b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, 0), names, b"")
    places = np.arange(number, dtype="<u4") * local.shape[1]
    central[:, 42:46] = places[:, None].view(np.uint8).reshape(number, 4)
    at, size = local.size, central.size
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, size, at)
    end += struct.pack("<4sLQL", b"PK\x06\x07", 0, at + size, 1)
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *(0xFFFF,) * 2, *(0xFFFFFFFF,) * 2, 0)
    return local.tobytes() + central.tobytes() + end


def _rows(head: bytes, names: np.ndarray, tail: bytes) -> np.ndarray:
    """The same head and tail around each name."""
    made = np.empty((len(names), len(head) + 7 + len(tail)), np.uint8)
    made[:, : len(head)] = np.frombuffer(head, np.uint8)
    made[:, len(head) : len(head) + 7] = names.view(np.uint8).reshape(len(names), 7)
    if tail:
        made[:, -len(tail) :] = np.frombuffer(tail, np.uint8)
    return made


def tiny_tar() -> bytes:
    """Ten thousand members in gzip, twenty times."""
    piece = tarred([(f"{at:05}", b"x") for at in range(10_000)], form=tarfile.USTAR_FORMAT)
    return gzip.compress(piece[: 10_000 * 1024], 6) * (FEWER // 10_000) + gzip.compress(bytes(1024))


def holes() -> bytes:
    """A file of a terabyte that is one hole (GNU tar's sparse format 0.1)."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as made:
        info = tarfile.TarInfo("hole")
        size = str(1 << 40)
        info.pax_headers = {
            "GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.size": size,
            "GNU.sparse.map": f"{size},0", "GNU.sparse.numblocks": "1",
        }  # fmt: skip
        made.addfile(info)
    return held.getvalue()


def sevened() -> bytes:
    """80 MiB of one line in a block of LZMA2."""
    held = io.BytesIO()
    filters = [{"id": py7zr.FILTER_LZMA2, "preset": 0}]
    with py7zr.SevenZipFile(held, "w", filters=filters) as made:
        made.writestr(LINE * (80 * MIB // len(LINE)), "a.txt")
    return held.getvalue()


def counted7z() -> bytes:
    """A directory that says it names 2**60 files."""
    number = b"\xff" + struct.pack("<Q", 1 << 60)
    said = b"\x01\x05" + number
    start = struct.pack("<QQL", 0, len(said), zlib.crc32(said))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<L", zlib.crc32(start)) + start + said


def tiny_rar() -> bytes:
    """The same member over and over."""
    whole, one = rar([("a", b"x"), ("a", b"x")]), rar([("a", b"x")])
    block = whole[len(one) - 8 : len(one) - 8 + len(whole) - len(one)]
    at = whole.find(block)
    return whole[:at] + block * FEWER + whole[at + len(block) :]


def cabinet() -> bytes:
    made = cabarchive.CabArchive()
    made["a.txt"] = cabarchive.CabFile(bytes(100 * MIB))
    return bytes(made.save(compress=True))


def disc() -> bytes:
    """Two hundred files that lie in the same 16 MiB (ECMA-119 9.1: where a file begins, its size)."""
    held = LINE * (16 * MIB // len(LINE))
    names = [f"F{at:03}" for at in range(200)]
    body = libarchived(
        "iso9660", [("BIG", held), *((name, b"x") for name in names)], options="!joliet,!rockridge"
    )
    big = body.find(b"BIG") - 33
    place = body[big + 2 : big + 18]
    out = bytearray(body)
    for name in names:
        at = body.find(name.encode()) - 33
        out[at + 2 : at + 18] = place
    return bytes(out)


def tiny_cpio() -> bytes:
    """Members in gzip (cpio(5), newc)."""
    one = b"070701" + b"%08x" * 13 % (*(0,) * 6, 0, *(0,) * 4, 2, 0) + b"a\0"
    return gzip.compress((one + bytes(-len(one) % 4)) * 10_000) * (FEWER // 10_000)


def tiny_ar() -> bytes:
    head = b"!<arch>\n"
    one = b"%-16b%-12d%-6d%-6d%-8d%-10d`\nxx" % (b"a/", 0, 0, 0, 644, 2)
    return gzip.compress(head) + gzip.compress(one * 10_000) * (FEWER // 10_000)


BOMBS = {
    "zip": Bomb(name="a.zip", make=lambda: zipped("a.txt")),
    "zip, 100 deep": Bomb(name="a.zip", make=lambda: nested(100)),
    "zip, 16 in each of 16, four times": Bomb(name="a.zip", make=lambda: branching(4)),
    "zip, overlapping": Bomb(name="a.zip", make=lambda: overlapping(1000)),
    "zip, a million members": Bomb(name="a.zip", make=tiny),
    "zip in tar": Bomb(name="a.tar", make=lambda: tarred([("a.zip", zipped("a.txt", size=80))])),
    "tar, 50,000 members": Bomb(name="a.tar.gz", make=tiny_tar),
    "tar, a hole": Bomb(name="a.tar", make=holes),
    "7z": Bomb(name="a.7z", make=sevened),
    "7z, files without number": Bomb(name="a.7z", make=counted7z, told=told("broken", "limit")),
    "rar, 50,000 members": Bomb(name="a.rar", make=tiny_rar),
    "cab": Bomb(name="a.cab", make=cabinet),
    "iso, files in the same place": Bomb(name="a.iso", make=disc, told=frozenset()),
    "cpio, 50,000 members": Bomb(name="a.cpio.gz", make=tiny_cpio, told=told("broken", "limit")),
    "ar, 50,000 members": Bomb(name="a.ar.gz", make=tiny_ar),
}
