"""What the record's tests are made of: captures, and a custodian who opens evidence."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from warcio.archiveiterator import ArchiveIterator

from watcher.model import Body, Capture, Evidence, Ref
from watcher.record import record

NOW = datetime(2026, 11, 18, 14, 36, 0, 123456, tzinfo=UTC)
PAGE = b"\x1f\x8b not really gzip, kept as received \x00\xff" * 10
HEADERS = (
    ("Content-Type", "text/html"),
    ("Content-Encoding", "gzip"),
    ("X-Bytes", "caf\xe9 \x85"),
    ("Set-Cookie", "a=1"),
    ("Set-Cookie", "b=2"),
)


def exchange(body: bytes = PAGE, **changes: object) -> Capture:
    """An answer over HTTP, with its question."""
    known: dict[str, object] = {
        "ref": Ref(source="pastes", key="a1", url="https://paste.example/a1"),
        "taken_at": NOW,
        "url": "https://paste.example/raw/a1?x=1&y=%20",
        "body": Body(body),
        "status": 200,
        "reason": "OK",
        "headers": HEADERS,
        "request": (("Host", "paste.example"), ("User-Agent", "watcher")),
        "encoding": "gzip",
    }
    return Capture(**known | changes)  # type: ignore[arg-type]  # the names are Capture's own


def scanned(path: Path) -> Capture:
    """A file that lies on the disk."""
    ref = Ref(source="scan", key=path.name, url=path.as_uri())
    return Capture(ref=ref, taken_at=NOW, url=path.as_uri(), body=Body(path))


class Custodian:
    """Holds a private key, as nobody on the watching machine does."""

    def __init__(self) -> None:
        self._identity = pyrage.x25519.Identity.generate()
        self.key = str(self._identity.to_public())

    def open(self, file: Path) -> bytes:
        """The plain WARC, compressed."""
        return bytes(pyrage.decrypt(file.read_bytes(), [self._identity]))


def write(capture: Capture, directory: Path, *custodians: Custodian) -> Evidence:
    keys = [each.key for each in custodians]
    return record(capture, directory=directory, custodians=keys, software="watcher/1")


def records(plain: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Each record's headers and its whole block, as warcio reads them; its digests must be right."""
    for each in ArchiveIterator(io.BytesIO(plain), check_digests="raise"):
        each.raw_stream.read()
    for each in ArchiveIterator(io.BytesIO(plain), no_record_parse=True):
        yield dict(each.rec_headers.headers), each.raw_stream.read()
