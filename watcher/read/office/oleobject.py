"""
Files inside OLE objects: OLE 1.0 objects (MS-OLEDS 2.2) and the packager's native stream (2.3.6).
"""

from __future__ import annotations

import struct
from typing import NamedTuple

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


class Package(NamedTuple):
    """
    A file as the packager keeps it. `label` and `path`: what it is called by; `copied`: the path
    that it was copied from, with its NUL; `size`: of `body`, which may be torn.
    """

    label: str
    path: str
    copied: bytes
    size: int
    body: bytes


def _ended(data: bytes, at: int, longest: int) -> tuple[str, int] | None:
    """A text that ends with NUL and what comes after it."""
    end = data.find(b"\0", at, at + longest)
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


def package(data: bytes, *, longest: int = _LONGEST) -> Package | None:
    """
    What stands in a packager's stream (without the size before it); None if it is none.

    `longest`: bytes of its label and of its path.
    """
    if len(data) < 8 or data[:2] != b"\2\0":
        return None
    name = _ended(data, 2, longest)
    path = _ended(data, name[1], longest) if name else None
    if name is None or path is None:
        return None
    at = path[1] + 4  # two numbers of two bytes
    if at + 4 > len(data):
        return None
    (size,) = struct.unpack_from("<I", data, at)
    copied = data[at + 4 : at + 4 + size]
    at += 4 + size
    if at + 4 > len(data):
        return None
    (size,) = struct.unpack_from("<I", data, at)
    return Package(name[0], path[0], copied, size, data[at + 4 : at + 4 + size])


def packaged(data: bytes) -> tuple[str, bytes] | None:
    """The file and its name in a packager's stream (without the size before it); None for none."""
    found = package(data)
    if found is None or len(found.copied) > _LONGEST:
        return None
    return found.label or found.path, found.body
