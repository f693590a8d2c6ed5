"""
Compound files (MS-CFB) that are letters or slides of 1997, and what else stands in them.

Text in its order where the format has a reader here (`oletext`), macros as
text, embedded files as members, and runs of text of every other stream. What
nobody here can read in its order says so.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.office import oletext, sectors, vba
from watcher.read.office.oleobject import packaged
from watcher.read.raw import swept
from watcher.read.stream import Item, Member, Stream
from watcher.read.text import Windows

if TYPE_CHECKING:
    from olefile import OleFileIO

_WORD, _SLIDES, _USER = "worddocument", "powerpoint document", "current user"
_NATIVE, _FILES = "\x01ole10native", ("package", "contents")
_SECRET = 0xF3D1C4DF  # headerToken of an encrypted presentation (MS-PPT 2.3.2)
_ABOUT = ("\x05summaryinformation", "\x05documentsummaryinformation")
_NOTHING = ("\x01compobj", "\x03objinfo", "\x01ole")

Path = tuple[str, ...]


def _file(body: bytes) -> OleFileIO:
    logging.getLogger("olefile").addHandler(logging.NullHandler())
    try:
        return sectors.opened(body)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  # damaged files raise anything there is
        raise Trouble(Why.BROKEN) from None


class Streams:
    """The streams of a compound file by their paths, each read once."""

    def __init__(self, body: bytes, budget: Budget) -> None:
        self._file = _file(body)
        self._budget = budget
        self.paths: list[Path] = []
        for path in self._file.listdir():
            budget.member()
            self.paths.append(tuple(path))
        self.left = dict.fromkeys(self.paths)

    def named(self, name: str) -> list[Path]:
        """Where streams of this name are."""
        return [path for path in self.paths if path[-1].lower() == name]

    def read(self, path: Path) -> bytes:
        """A stream's bytes. Raises Trouble."""
        self.left.pop(path, None)
        try:
            data: bytes = self._file.openstream(list(path)).read()
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001  # damaged files raise anything there is
            raise Trouble(Why.BROKEN) from None
        self._budget.spend(len(data))
        return data


def _place(path: Path) -> str:
    return label("/".join(path))


def _said(texts: Iterator[oletext.Said], base: str, budget: Budget) -> Iterator[Part]:
    held: dict[str, Windows] = {}
    for each in texts:
        name = each.hidden or each.story
        if name not in held:
            where = f"{base}, {name}" if base and name else base or name
            hidden = bool(each.hidden) or name in ("comments", "notes")
            held[name] = Windows(where, hidden=hidden)
        budget.spend(len(each.text))
        yield from held[name].feed(each.text)
    for window in held.values():
        yield from window.finish()


def _letter(streams: Streams, path: Path, budget: Budget) -> Iterator[Part | Unread]:
    base = _place(path[:-1]) if path[:-1] else ""
    word = b""
    try:
        word = streams.read(path)
        table = (*path[:-1], oletext.table_of(word))
        found = next((each for each in streams.paths if each == table), None)
        if found is None:
            raise Trouble(Why.BROKEN)
        yield from _said(oletext.letters(word, streams.read(found)), base, budget)
    except Trouble as trouble:
        budget.spend(0)
        yield Unread(where=base, why=trouble.why)
        if trouble.why is not Why.ENCRYPTED:
            yield from swept(word, _place(path), hidden=False)
        return
    yield from swept(word, _place(path), echo=True)


def _slides(streams: Streams, path: Path, budget: Budget) -> Iterator[Part | Unread]:
    base = _place(path[:-1]) if path[:-1] else ""
    document = b""
    try:
        for user in streams.named(_USER):
            if _SECRET.to_bytes(4, "little") in streams.read(user)[:32]:
                raise Trouble(Why.ENCRYPTED)
        document = streams.read(path)
        yield from _said(oletext.slides(document), base, budget)
    except Trouble as trouble:
        budget.spend(0)
        yield Unread(where=base, why=trouble.why)
        if trouble.why is Why.BROKEN:
            yield from swept(document, _place(path), hidden=False)


def _other(streams: Streams, path: Path, budget: Budget) -> Iterator[Item]:
    """A stream without a reader of its own."""
    name = path[-1].lower()
    try:
        data = streams.read(path)
    except Trouble as trouble:
        budget.spend(0)
        yield Unread(where=_place(path), why=trouble.why)
        return
    if name == _NATIVE and (found := packaged(data[4:])):
        yield Member(name=label(found[0]), stream=Stream(io.BytesIO(found[1]).read))
    elif name in _FILES and data[:2] in (b"PK", b"%P"):
        yield Member(name=_place(path), stream=Stream(io.BytesIO(data).read))
    else:
        if source := vba.source(data, "cp1252", budget):
            yield from _lines(source, f"{_place(path)}, macro")
        yield from swept(data, _place(path), echo=name in _ABOUT)


def _lines(text: str, where: str) -> Iterator[Part]:
    held = Windows(where, hidden=True)
    yield from held.feed(text.replace("\r\n", "\n"))
    yield from held.finish()


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A letter, slides, macros, or something that is only swept and said to be unread."""
    body = stream.whole(budget.bounds.held)
    try:
        streams = Streams(body, budget)
    except Trouble as trouble:
        yield Unread(where="", why=trouble.why)
        yield from swept(body, "raw", hidden=False)
        return
    known = False
    for name, reader in ((_WORD, _letter), (_SLIDES, _slides)):
        for path in streams.named(name):
            known = True
            yield from reader(streams, path, budget)
    known = known or any(
        path[-1].lower() in ("vba_project", _NATIVE, *_FILES) for path in streams.paths
    )
    for path in list(streams.left):
        if path[-1].lower() not in _NOTHING:
            yield from _other(streams, path, budget)
    if not known:
        yield Unread(where="", why=Why.UNSUPPORTED)
