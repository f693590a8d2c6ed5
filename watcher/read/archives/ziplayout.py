"""
What a ZIP file holds beside the members that its directory names (APPNOTE 4.3).

A directory is read from the end of the file, so that whatever stands before,
between or after the members it names is seen by no program: another archive,
a member that was taken out of the directory, a text.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from watcher.model import Why
from watcher.read.budget import Trouble

_LOCAL = struct.Struct("<4s5HL2L2H")  # APPNOTE 4.3.7
_CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_END = struct.Struct("<4s4H2LH")  # 4.3.16
_DESCRIPTOR = 0x8  # bit 3: sizes follow the data (4.4.4)
_DESCRIBED = 24  # bytes that these take at most (4.3.9)
_COMMENT = 1 << 16
_FEWEST = 6  # bytes of an extra field that may say something
_NAMED = (0x6375, 0x7075)  # comment and path in UTF-8 (4.6.8, 4.6.9)
# ZIP64, NTFS, Unix (old, Info-ZIP's first, second and third), times, AES, the fillings of Java, Android and Office.
_DULL = (0x0001, 0x000A, 0x000D, 0x5855, 0x7855, 0x7875, 0x5455, 0x9901, 0xCAFE, 0xD935, 0xA220)
_FILL = b"\0 \t\r\n"  # padding, and the line end of whoever saved it as a text
_SIGNATURE = b"PK\x03\x04"


def _end(body: bytes) -> int:
    """Where the archive ends: its end record is the last one in the file."""
    at = body.rfind(b"PK\x05\x06", max(0, len(body) - _COMMENT - _END.size))
    if at < 0 or at + _END.size > len(body):
        return len(body)
    return min(len(body), at + _END.size + int(_END.unpack_from(body, at)[-1]))


def _covered(archive: zipfile.ZipFile, body: bytes) -> Iterator[tuple[int, int]]:
    for info in archive.infolist():
        at = info.header_offset
        if at < 0 or at + _LOCAL.size > len(body) or body[at : at + 4] != _SIGNATURE:
            continue
        *_, name, extra = _LOCAL.unpack_from(body, at)
        end = at + _LOCAL.size + name + extra + info.compress_size
        if info.flag_bits & _DESCRIPTOR:
            # Its own signature is optional; what follows within its reach is the next header.
            after = body.find(b"PK", end + 12, end + _DESCRIBED + 2)
            marked = body[end : end + 4] == b"PK\x07\x08"
            end = after if after >= 0 else end + (16 if marked else 12)
        yield at, end
    yield archive.start_dir, _end(body)


def gaps(archive: zipfile.ZipFile, body: bytes) -> Iterator[tuple[int, int]]:
    """The ranges (start, end) of an archive's bytes that no member and no directory accounts for."""
    at = 0
    for start, end in sorted(_covered(archive, body)):
        if start > at and body[at:start].strip(_FILL):
            yield at, start
        at = max(at, end)
    if body[at:].strip(_FILL):
        yield at, len(body)


def extras(archive: zipfile.ZipFile, body: bytes) -> Iterator[bytes]:
    """What the extra fields of members hold (4.5), but times, owners, sizes and fillings."""
    for info in archive.infolist():
        held = info.extra
        at = info.header_offset
        if at >= 0 and body[at : at + 4] == _SIGNATURE and at + _LOCAL.size <= len(body):
            *_, name, size = _LOCAL.unpack_from(body, at)
            at += _LOCAL.size + name
            if body[at : at + size] != held:
                yield from _fields(body[at : at + size])
        yield from _fields(held)


def _fields(extra: bytes) -> Iterator[bytes]:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        data = extra[at + 4 : at + 4 + size]
        at += 4 + size
        if kind in _NAMED:
            data = data[5:]  # behind a version and a checksum
        if kind not in _DULL and len(data.strip(_FILL)) >= _FEWEST:
            yield data
    if len(extra[at:].strip(_FILL)) >= _FEWEST:
        yield extra[at:]


def rebuilt(gap: bytes) -> bytes:
    """
    An archive of the members that begin a gap and are in no directory; the gap where there are none.

    Members whose sizes stand behind them cannot be told apart without one.
    """
    directory: list[bytes] = []
    at = 0
    while gap[at : at + 4] == _SIGNATURE and at + _LOCAL.size <= len(gap):
        fields = _LOCAL.unpack_from(gap, at)
        packed, name, extra = fields[7], fields[9], fields[10]
        start = at + _LOCAL.size
        end = start + name + extra + packed
        if fields[2] & _DESCRIPTOR or end > len(gap):
            break
        entry = (b"PK\x01\x02", 20, *fields[1:10], 0, 0, 0, 0, 0, at)
        directory.append(_CENTRAL.pack(*entry) + gap[start : start + name])
        at = end
    if not directory or gap[at:].strip(_FILL):
        return gap
    number, size = len(directory) & 0xFFFF, sum(map(len, directory))
    last = _END.pack(b"PK\x05\x06", 0, 0, number, number, size, at, 0)
    return b"".join((gap[:at], *directory, last))


def body_of(archive: zipfile.ZipFile) -> bytes:
    """The bytes of an archive that was opened in memory."""
    held = archive.fp
    assert isinstance(held, io.BytesIO)
    return held.getvalue()


def data_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> memoryview:
    """The bytes of a member as they are stored. Raises Trouble where there is none."""
    body = body_of(archive)
    at = info.header_offset
    if at < 0 or at + _LOCAL.size > len(body) or body[at : at + 4] != _SIGNATURE:
        raise Trouble(Why.BROKEN)
    *_, name, extra = _LOCAL.unpack_from(body, at)
    start = at + _LOCAL.size + name + extra
    if start + info.compress_size > len(body):
        raise Trouble(Why.BROKEN)
    return memoryview(body)[start : start + info.compress_size]


def spanned(parts: list[bytes]) -> bytes:
    """
    The volumes of a spanned archive as one archive: its offsets counted from the first volume.

    What cannot be counted anew (APPNOTE 4.3.14, sizes beyond 4 GiB) is left as it is.
    """
    begins = [0]
    for part in parts:
        begins.append(begins[-1] + len(part))
    body = bytearray(b"".join(parts))
    end = body.rfind(b"PK\x05\x06", begins[-2])
    if end < 0 or end + _END.size > len(body):
        return bytes(body)
    signature, _, disk, _, number, size, offset, comment = _END.unpack_from(body, end)
    if disk >= len(parts):
        return bytes(body)
    at = start = begins[disk] + offset
    while body[at : at + 4] == b"PK\x01\x02" and at + _CENTRAL.size <= end:
        fields = _CENTRAL.unpack_from(body, at)
        disk, local = fields[13], fields[16]
        if disk < len(parts):
            struct.pack_into("<H", body, at + 34, 0)
            struct.pack_into("<L", body, at + 42, begins[disk] + local)
        at += _CENTRAL.size + sum(fields[10:13])
    _END.pack_into(body, end, signature, 0, 0, number, number, size, start, comment)
    return bytes(body)
