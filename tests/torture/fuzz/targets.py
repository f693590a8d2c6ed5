"""
What is fuzzed: the dispatcher with everything behind it, and each family's readers for themselves.

An input is four bytes that choose (reader or name, content encoding, charset,
limits) and a body. The dispatcher turns whatever a reader raises into an `Unread`; a
reader for itself raises nothing but what the budget and the interpreter do.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from tests.torture.fuzz.laws import Broken, bounded, kept
from watcher.model import Part
from watcher.read import sniff
from watcher.read.archives import volumes
from watcher.read.ask import answer
from watcher.read.budget import Bounds, Budget, Trouble
from watcher.read.coded import armour
from watcher.read.dispatch import READERS, document
from watcher.read.names import fields
from watcher.read.refusal import Refused
from watcher.read.sniff import Kind
from watcher.read.stream import Item, Member, Stream

MIB = 1 << 20
HEAD = 4  # bytes that choose
ROOMY = Bounds(memory=256 * MIB, depth=4, members=60, ratio=200, max_bytes=8 * MIB)
LIMITS = (ROOMY, ROOMY, replace(ROOMY, depth=1, members=3), replace(ROOMY, max_bytes=4096))
ENCODINGS = ("", "", "", "gzip", "deflate", "br", "zstd", "gzip, br", "identity, x")
CHARSETS = ("", "", "", "utf-8", "cp1252", "utf-16", "utf-7", "cp037", "big5", "x", "\udc80")
NAMES = ("", "staff.zip", "pw Sesame1.7z", "a/" * 3000 + ".001", "\udc80\\..\x1b[2J")
_DARING = ("data",)  # whose libraries are fuzzed by their own people, day and night
STEPS = 4  # of an address, that one reader and the letters in its text add

FAMILIES: dict[str, tuple[Kind, ...]] = {
    "archives": (
        Kind.ZIP, Kind.TAR, Kind.AR, Kind.CPIO, Kind.SEVENZIP, Kind.RAR, Kind.CAB, Kind.ISO,
        Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.ZSTD, Kind.PRESSED, Kind.LHA,
    ),
    "workbooks": (Kind.SPREADSHEET, Kind.FLAT_OPEN, Kind.FLAT_EXCEL),
    "office": (Kind.WORD, Kind.SLIDES, Kind.OPEN, Kind.OFFICE, Kind.EPUB, Kind.RTF),
    "compound": (Kind.OLE, Kind.COMPOUND, Kind.MESSAGE),
    "pdf": (Kind.PDF,),
    "mail": (Kind.MAIL, Kind.MAILBOX, Kind.TNEF, Kind.SIGNED, Kind.CALENDAR),
    "data": (Kind.DATABASE, Kind.PARQUET, Kind.PAGELOG),
    "images": (Kind.IMAGE, Kind.KNOWN, Kind.UNKNOWN),
    "text": (Kind.TEXT, Kind.TABLE, Kind.YENC),
    "pages": (Kind.HTML, Kind.XML),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """What the first bytes choose, and the body."""

    reader: int
    encoding: str
    charset: str
    bounds: Bounds
    body: bytes

    @classmethod
    def of(cls, data: bytes) -> Input:
        head = data[:HEAD].ljust(HEAD, b"\0")
        return cls(
            head[0],
            ENCODINGS[head[1] % len(ENCODINGS)],
            CHARSETS[head[2] % len(CHARSETS)],
            LIMITS[head[3] % len(LIMITS)],
            data[HEAD:],
        )

    def stream(self) -> Stream:
        return Stream(io.BytesIO(self.body).read, declared=self.charset)

    def budget(self, *, daring: bool = False) -> Budget:
        # Else careful from the first step: a library that takes the process with it is the pool's affair.
        return Budget(self.bounds, careful=None if daring else 1)


def everything(data: bytes) -> None:
    """A document, as a worker reads it."""
    told = Input.of(data)
    budget = told.budget()
    budget.words.hear(fields(NAMES[told.reader % len(NAMES)]))
    items = document(told.stream(), told.encoding, budget)
    found = [*kept(items, STEPS * (told.bounds.depth + 1))]
    bounded(
        (each for each in found if isinstance(each, Part)),
        len(told.body),
        told.bounds.max_bytes,
    )


def _reader(kinds: tuple[Kind, ...], *, daring: bool) -> Callable[[bytes], None]:
    def one(data: bytes) -> None:
        told = Input.of(data)
        kind = kinds[told.reader % len(kinds)]
        module, name = READERS[kind]
        reader = getattr(import_module(f"watcher.read.{module}"), name)
        stream, budget = told.stream(), told.budget(daring=daring)
        if sniff.kind(stream.head(), complete=stream.ended) is Kind.EMPTY:
            return
        _walked(volumes.joined(reader(stream, budget), budget), budget)

    return one


def _walked(items: Iterable[Item], budget: Budget) -> None:
    """Each part also as a text that something may be written in; members to their ends."""
    try:
        for item in armour.opened(_drained(kept(items, STEPS)), budget):
            if isinstance(item, Member):
                for _ in item.stream.chunks():
                    pass
    except (Trouble, MemoryError, RecursionError):
        return


def _drained(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Member):
            for _ in item.stream.chunks():
                pass
        else:
            yield item


_QUESTIONS = (
    ("text", ""), ("select", "a, b > c:not(.d) ~ [href]"), ("entries", ""),
    ("find", r"(\w+)\d"), ("search", "a[].b | [0] || @"),
)  # fmt: skip


def asked(data: bytes) -> None:
    """A question of a source: an answer, or Refused."""
    told = Input.of(data)
    op, argument = _QUESTIONS[told.reader % len(_QUESTIONS)]
    try:
        found: Any = answer(
            op,
            argument,
            url="https://site.example/a/b",
            stream=told.stream(),
            encoding=told.encoding,
            budget=told.budget(),
        )
    except Refused:
        return
    if found is not None and not isinstance(found, str | list | dict | int | float):
        raise Broken(f"{type(found)} for an answer")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "everything": everything,
    "asked": asked,
    **{name: _reader(kinds, daring=name in _DARING) for name, kinds in FAMILIES.items()},
}
