"""What is fetched and what is read of it. Only a `Body` touches a file, and only when opened."""

from __future__ import annotations

import enum
import hashlib
import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

LONGEST_VERSION = 500  # characters; a longer one is known by its SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """
    Where a document is. Its identity is (source, key).

    `version`: what the listing says of its present state (a revision, the time
    of its last edit, a hash of its content), "" where it does not say; a
    document listed with another version is read again. All come from
    strangers: what is no Unicode text (a lone surrogate) or would end a text
    early (NUL) is written as an escape.
    """

    source: str
    key: str
    url: str = field(compare=False)
    version: str = field(default="", compare=False)

    @property
    def mark(self) -> str:
        """What a log may call it: a short hash. The key may be a name."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:12]

    def __post_init__(self) -> None:
        for name in ("key", "url", "version"):
            text = getattr(self, name)
            if not isinstance(text, str):
                continue  # a plug-in's fault, which `check_source` names
            sound = text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()
            if name == "version" and len(sound) > LONGEST_VERSION:
                sound = hashlib.sha256(sound.encode()).hexdigest()
            if sound != text:
                object.__setattr__(self, name, sound)


class Body:
    """
    The bytes of a capture: held in memory if they were fetched, left where
    they lie if a file is scanned. `sha256` is lower-case hexadecimal.
    """

    __slots__ = ("__weakref__", "_data", "_path", "sha256", "size")

    def __init__(self, data: bytes | Path) -> None:
        self._data = data if isinstance(data, bytes) else None
        self._path = data if isinstance(data, Path) else None
        if isinstance(data, bytes):
            self.size = len(data)
            self.sha256 = hashlib.sha256(data).hexdigest()
        else:
            with data.open("rb") as stream:
                self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                self.size = stream.tell()

    def __repr__(self) -> str:
        return f"Body(size={self.size})"

    def open(self) -> BinaryIO:
        """A new binary stream at the first byte. Raises OSError if the file has gone."""
        if self._path is not None:
            return self._path.open("rb")
        assert self._data is not None
        return io.BytesIO(self._data)

    @property
    def path(self) -> Path | None:
        """Where the bytes lie, if they lie in a file."""
        return self._path


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """
    One exchange, byte for byte, or one resource that no exchange brought.

    `status` is None for a resource (a scanned file, an entry of a feed);
    `headers` are the answer's as received, `request` the question's. `body` is
    as received, before any content encoding was undone; `encoding` names what
    must be undone (`gzip`, `deflate`, …, "" for none). `cut` says that the
    body went on beyond the limit and holds only its beginning. `via` is the
    network that it came through: "tor", or "" for the open one.

    `files`: what the source found behind this document, one hop: files that
    its page links to. They are owed with its outcome, as refs of the same
    source, and are of its version where they have none of their own.
    """

    ref: Ref
    taken_at: datetime
    url: str
    body: Body = field(repr=False)
    status: int | None = None
    reason: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    request: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    encoding: str = ""
    cut: bool = False
    via: str = ""
    files: tuple[Ref, ...] = field(default=(), repr=False)

    def header(self, name: str) -> str:
        """The first value of this header, or ""."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def name(self) -> str:
        """What a person would call the file: the last step of the address."""
        return last_step(self.url)


def last_step(url: str) -> str:
    """The last step of an address, without query and fragment; all of it where it has none."""
    path = url.split("?", 1)[0].split("#", 1)[0].rstrip("/")
    return path.rsplit("/", 1)[-1] or url


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """
    How far a stream has come. `cursor` means something to its source only.

    A source yields it between its documents: all that it yielded before is
    stored before the cursor is, and the next visit begins with it.
    """

    cursor: str = field(repr=False)


class Why(enum.StrEnum):
    """The closed list of reasons for which a part was not read."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    LIMIT = "limit"
    SIZE = "size"
    UNSUPPORTED = "unsupported"
    IMAGE_ONLY = "image only"
    LOST = "lost worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part that could not be read, and why. Never silence."""

    where: str
    why: Why


CELL = "\x1f"  # ends every cell of a table (ASCII unit separator)
ROW = "\x1e"  # ends every row (ASCII record separator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    One readable piece of a document, or one window of a long one.

    `where` is the address of the whole piece inside the document, without a
    range: `staff.zip!/list.xlsx!/Sheet1 (hidden)`; "" for the document itself.
    `text` is all of it; in a table every cell ends with CELL and every row
    with ROW, and `rows` holds the offset of each row. Windows of one piece
    share `where`; `first` is the number of this window's first line or row in
    the whole piece, from 1. Windows are cut between records: the first
    `overlap` characters repeat the end of the window before, for context and
    for a record that was cut; what ends within them was counted there.
    `header` is the first row of the table, repeated with each window after the
    first. `cells`: rows and columns have spreadsheet addresses (A1). `hidden`:
    a reader of the document would not have seen this piece. `echo`: a second
    reading of bytes that another part reads too (the raw text of a page).

    `begun`: how many characters of its first line stand before this window; 0
    where it begins with a line.
    `repeated`: how many of its last characters the next window begins with.
    `numbers`: the numbers of the rows where they do not follow one another
    from `first`, one for each row; empty if they do.
    """

    where: str
    text: str = field(repr=False)
    table: bool = False
    rows: tuple[int, ...] = field(default=(), repr=False)
    header: tuple[str, ...] = field(default=(), repr=False)
    first: int = 1
    overlap: int = 0
    cells: bool = False
    hidden: bool = False
    echo: bool = False
    begun: int = 0
    repeated: int = 0
    numbers: tuple[int, ...] = field(default=(), repr=False)
