"""
Files inside OLE objects: OLE 1.0 objects (MS-OLEDS 2.2) and the packager's native stream (2.3.6).
"""

from __future__ import annotations

import struct

_LINKED_OR_EMBEDDED = (1, 2)
_LONGEST = 1 << 12


def _counted(data: bytes, at: int) -> tuple[bytes, int] | None:
    """A length-prefixed ANSI string and what comes after it."""
    if at + 4 > len(data):
        return None
    (size,) = struct.unpack_from("<I", data, at)
    end = at + 4 + size
    if size > _LONGEST or end > len(data):
        return None
    return data[at + 4 : end].rstrip(b"\0"), end


def _ended(data: bytes, at: int) -> tuple[str, int] | None:
    """A text that ends with NUL and what comes after it."""
    end = data.find(b"\0", at, at + _LONGEST)
    return (data[at:end].decode("cp1252", "replace"), end + 1) if end >= 0 else None


def embedded(data: bytes) -> tuple[str, bytes]:
    """An OLE 1.0 object's file and its name, "" for none; the bytes themselves if they are none."""
    if len(data) < 8 or struct.unpack_from("<I", data, 4)[0] not in _LINKED_OR_EMBEDDED:
        return "", data
    at, kind = 8, b""
    for number in range(3):  # class, topic, item
        found = _counted(data, at)
        if found is None:
            return "", data
        kind = found[0] if not number else kind
        at = found[1]
    native = data[at + 4 :]
    if kind.lower() == b"package":
        return packaged(native) or ("", native)
    return "", native


def packaged(data: bytes) -> tuple[str, bytes] | None:
    """The file and its name in a packager's stream (without the size before it); None for none."""
    if len(data) < 8 or data[:2] != b"\2\0":
        return None
    name = _ended(data, 2)
    path = _ended(data, name[1]) if name else None
    if name is None or path is None:
        return None
    at = path[1] + 4  # two numbers of two bytes
    if at + 4 > len(data):
        return None
    (size,) = struct.unpack_from("<I", data, at)  # of the path that was copied from
    at += 4 + size
    if size > _LONGEST or at + 4 > len(data):
        return None
    (size,) = struct.unpack_from("<I", data, at)
    return name[0] or path[0], data[at + 4 : at + 4 + size]
