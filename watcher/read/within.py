"""
Where an archive begins among other bytes: programs that unpack themselves, and what hides behind anything.

Only signatures with enough around them to be no accident: a ZIP's header of a
member (APPNOTE 4.3.7), 7z, RAR and cabinets by their magic, gzip by its method,
flags and system (RFC 1952 §2.3.1), SQLite by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.read.stream import Stream, chunked

_BEGIN = re.compile(
    # Version, flags, a method that is in use, time and sizes, a name of 1 to 1023 bytes.
    rb"PK\x03\x04[\x00-\x3f][\x00-\x0a].{2}[\x00\x01\x06\x08\x09\x0c\x0e\x5d\x5f\x60-\x63]\0"
    rb".{16}(?:[^\0][\0-\x03]|\0[\x01-\x03])"
    rb"|7z\xbc\xaf\x27\x1c\0[\x02-\x04]|Rar!\x1a\x07[\0\x01]"
    rb"|MSCF\0{4}.{4}\0{4}.{4}\0{4}\x03\x01"
    rb"|\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]"
    rb"|SQLite format 3\0",
    re.DOTALL,
)
# How each of them begins, and a sign of it that text does not have: one sign is looked for at once.
_MAGIC = (
    (b"PK\x03\x04", b"\x04"),
    (b"7z\xbc\xaf\x27\x1c", b"\x1c"),
    (b"Rar!\x1a", b"\x1a"),
    (b"MSCF\0", b"\0"),
    (b"\x1f\x8b\x08", b"\x1f"),
    (b"SQLite format 3\0", b"\0"),
)
INSIDE = "archive inside"
LONGEST = 30  # bytes of a signature


def begin(data: bytes) -> int:
    """Where the first archive begins in these bytes, −1 where none does."""
    found = len(data)
    for magic, sign in _MAGIC:
        at = data.find(magic) if sign in data else -1
        while 0 <= at < found:
            if _BEGIN.match(data, at):
                found = at
            at = data.find(magic, at + 1)
    return found if found < len(data) else -1


class Split:
    """A stream up to the first archive in it, and the rest from there on."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._found: bytes | None = None

    def chunks(self) -> Iterator[bytes]:
        """The bytes before the archive: all, where there is none."""
        held = b""
        for data in self._stream.chunks():
            held += data
            if (at := begin(held)) >= 0:
                yield held[:at]
                self._found = held[at:]
                return
            cut = max(len(held) - LONGEST, 0)
            yield held[:cut]
            held = held[cut:]
        yield held

    def rest(self) -> Stream | None:
        """The archive, once all before it was had; None where there is none."""
        if self._found is None:
            return None
        return chunked(each for part in ((self._found,), self._stream.chunks()) for each in part)
