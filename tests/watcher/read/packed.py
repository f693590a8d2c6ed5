"""Archives that the tests of the reading room share, made by other tools than our readers."""

from __future__ import annotations

import io
import struct
import tarfile
import zlib
from collections.abc import Sequence

import py7zr
import pytest

Files = Sequence[tuple[str, bytes]]
FILES: Files = (("a.txt", b"PC Adebayo " * 400), ("d/Quill_4400123.txt", b"Sian Quill"))


def tarred(files: Files = FILES, *, form: int = tarfile.PAX_FORMAT) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=form) as made:
        for name, body in files:
            info = tarfile.TarInfo(name)
            info.size = len(body)
            made.addfile(info, io.BytesIO(body))
    return held.getvalue()


def sevened(
    files: Files = FILES,
    *,
    filters: list[dict[str, int]] | None = None,
    password: str | None = None,
    names: bool = False,
) -> bytes:
    """A solid 7z archive; `names`: its directory is encrypted too."""
    held = io.BytesIO()
    with py7zr.SevenZipFile(
        held, "w", filters=filters, password=password, header_encryption=names
    ) as made:
        for name, body in files:
            made.writestr(body, name)
    return held.getvalue()


def libarchived(kind: str, files: Files = FILES, *, options: str = "", password: str = "") -> bytes:
    """An archive made by libarchive; the test is skipped where the system has none."""
    try:
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError):
        pytest.skip("no libarchive: install Debian's libarchive13")
    pieces: list[bytes] = []

    def write(data: bytes) -> int:
        pieces.append(bytes(data))
        return len(data)

    with libarchive.custom_writer(
        write, kind, options=options, passphrase=password or None
    ) as made:
        for name, body in files:
            made.add_file_from_memory(name, len(body), body)
    return b"".join(pieces)


def pressed(form: str, body: bytes) -> bytes:
    """A stream compressed by libarchive: `compress`, `lzip`, `lz4`."""
    import libarchive

    pieces: list[bytes] = []

    def write(data: bytes) -> int:
        pieces.append(bytes(data))
        return len(data)

    with libarchive.custom_writer(write, "raw", form) as made:
        made.add_file_from_memory("x", len(body), body)
    return b"".join(pieces)


def _vint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _block(*fields: int | bytes) -> bytes:
    body = b"".join(each if isinstance(each, bytes) else _vint(each) for each in fields)
    body = _vint(len(body)) + body
    return struct.pack("<L", zlib.crc32(body)) + body


def rar(files: Files = FILES, *, locked: bool = False) -> bytes:
    """RAR 5 by its technical note, members stored; `locked`: said to be encrypted."""
    out = b"Rar!\x1a\x07\x01\0" + _block(1, 0, 0)
    for name, body in files:
        record = b"\x01\0\0\x0f" + bytes(32) if locked else b""
        extra = _vint(len(record)) + record if locked else b""
        sizes = (len(extra), len(body)) if locked else (len(body),)
        crc = struct.pack("<L", zlib.crc32(body))
        title = name.encode()
        head = (2, 3 if locked else 2, *sizes, 4, len(body), 0x20, crc, 0, 1, len(title), title)
        out += _block(*head, extra) + body
    return out + _block(5, 0, 0)


def rar_volumes(name: str, body: bytes, number: int) -> list[bytes]:
    """RAR 5 in volumes, its one member stored across all of them."""
    step = -(-len(body) // number)
    made: list[bytes] = []
    title = name.encode()
    for at in range(number):
        piece, last = body[at * step : (at + 1) * step], at == number - 1
        flags = 2 | (8 if at else 0) | (0 if last else 16)
        crc = struct.pack("<L", zlib.crc32(body if last else piece))
        head = (2, flags, len(piece), 4, len(body), 0x20, crc, 0, 1, len(title), title)
        main = _block(1, 0, 3, at) if at else _block(1, 0, 1)
        end = _block(5, 0, 0 if last else 1)
        made.append(b"Rar!\x1a\x07\x01\0" + main + _block(*head) + piece + end)
    return made
