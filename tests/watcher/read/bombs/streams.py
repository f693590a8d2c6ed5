"""Compressed streams that unfold to gigabytes, that never end, or that ask for a window of gigabytes."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct

import brotli
from backports import zstd

from tests.watcher.read.bombs.bomb import LINE, MIB, Bomb, told

PIECE = 16 * MIB
_ZEROS = bytes(PIECE)


def gzipped() -> bytes:
    """2 GiB of one line, as members in a row."""
    return gzip.compress(LINE * (PIECE // len(LINE)), 9) * 128


def broken_up() -> bytes:
    """A million members in a row with nothing in them (RFC 1952 §2.2)."""
    return gzip.compress(b"") * 1_000_000


def bzipped() -> bytes:
    return bz2.compress(_ZEROS) * 400


def bzips() -> bytes:
    """A million streams with nothing in them."""
    return bz2.compress(b"") * 1_000_000


def xzed() -> bytes:
    return lzma.compress(_ZEROS, preset=0) * 100


def wide_lzma() -> bytes:
    """A window of 4 GiB less 64 KiB (LZMA SDK, lzma-specification)."""
    return b"\x5d" + struct.pack("<IQ", 0xFFFF0000, (1 << 64) - 1) + bytes(200)


def zstds() -> bytes:
    return zstd.compress(_ZEROS, 3) * 200


def empty_zstds() -> bytes:
    """A million frames with nothing in them."""
    return zstd.compress(b"") * 1_000_000


def wide_zstd() -> bytes:
    """A frame whose window is 2 GiB (RFC 8878 3.1.1.1.2), of one repeated byte."""
    block = struct.pack("<I", 1 | 1 << 1 | (128 << 10) << 3)[:3] + b"\0"
    return b"\x28\xb5\x2f\xfd\0" + bytes([21 << 3]) + block


def brotlied() -> bytes:
    """256 MiB of zeros."""
    made = brotli.Compressor(quality=5, lgwin=24)
    pieces = [made.process(_ZEROS) for _ in range(16)]
    return b"".join([*pieces, made.finish()])


def dressed(times: int) -> bytes:
    """A stream in a stream in a stream."""
    body = LINE
    for _ in range(times):
        body = gzip.compress(body)
    return body


BOMBS = {
    "gzip": Bomb(name="a.txt.gz", make=gzipped),
    "gzip, a million members": Bomb(name="a.gz", make=broken_up, told=frozenset()),
    "gzip, 40 deep": Bomb(name="a.gz", make=lambda: dressed(40)),
    "gzip as an encoding": Bomb(name="a", make=gzipped, encoding="gzip"),
    "gzip as an encoding, 5000 times": Bomb(
        name="a",
        make=lambda: LINE,
        encoding=", ".join(["gzip"] * 5000),
        told=told("broken", "limit"),
    ),
    "bzip2": Bomb(name="a.bz2", make=bzipped),
    "bzip2, a million streams": Bomb(name="a.bz2", make=bzips, told=frozenset()),
    "xz": Bomb(name="a.xz", make=xzed),
    "lzma, a window of 4 GiB": Bomb(name="a.lzma", make=wide_lzma),
    "zstd": Bomb(name="a.zst", make=zstds),
    "zstd, a million frames": Bomb(name="a.zst", make=empty_zstds, told=frozenset()),
    "zstd, a window of 2 GiB": Bomb(name="a.zst", make=wide_zstd),
    "brotli as an encoding": Bomb(name="a", make=brotlied, encoding="br"),
    "brotli, zstd and gzip as encodings": Bomb(
        name="a", make=lambda: gzip.compress(zstd.compress(brotlied())), encoding="br, zstd, gzip"
    ),
}
