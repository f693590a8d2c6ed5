"""
Compound files (MS-CFB): workbooks before 2007, encrypted packages, macros, and what was embedded.

Each stream is read by what its name says it is. What is unwrapped (an
embedded file, a decrypted package) is a member for the dispatcher to open.
Streams of which nothing is known are swept for runs of text.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets.codepage import page
from watcher.read.label import joined, label
from watcher.read.office import encrypted, sectors, vba
from watcher.read.office.oleobject import package
from watcher.read.raw import swept
from watcher.read.spreadsheets import xls, xlspivot
from watcher.read.stream import Item, Member, Stream
from watcher.read.text import windows

if TYPE_CHECKING:
    from olefile import OleFileIO

_BOOKS = ("workbook", "book")
_PACKED = ("package", "contents")
_NATIVE = "\x01ole10native"
_NAME = 1024  # bytes of what an embedded file is called by
_PIVOT = "_sx_db_cur"
_ABOUT = ("\x05summaryinformation", "\x05documentsummaryinformation")
_NOTHING = ("\x01compobj", "\x01ole", "\x03objinfo", "encryptioninfo", "encryptedpackage")
_SPACES = "\x06dataspaces"  # how an encrypted package is encrypted
_CODES = ("dir", "_vba_project", "project", "projectwm")
# A workbook that `olefile` cannot open says by these what it was.
_NAMES = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book\0"))
_SEALED = "EncryptedPackage".encode("utf-16-le")


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """All of a compound file."""
    body = stream.whole(budget.bounds.held)
    try:
        opened = sectors.opened(body)
        names: list[list[str]] = opened.listdir(streams=True, storages=False)
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError):
        if _SEALED in body:
            yield Unread(where="", why=Why.ENCRYPTED)
            return
        yield from swept(body, "raw")
        known = any(name in body for name in _NAMES)
        yield Unread(where="", why=Why.BROKEN if known else Why.UNSUPPORTED)
        return
    with opened:
        yield from _Compound(opened, names, budget).read()


class _Compound:
    """One compound file that is open."""

    def __init__(self, opened: OleFileIO, names: list[list[str]], budget: Budget) -> None:
        self._opened = opened
        self._names = names
        self._budget = budget
        self._lower = {"/".join(name).lower(): name for name in names}
        self._known = False

    def read(self) -> Iterator[Item]:
        """What is encrypted, then stream after stream."""
        if "encryptedpackage" in self._lower:
            yield from self._sealed()
        rest: list[list[str]] = []
        for name in self._names:
            try:
                self._budget.member()
                items = self._stream(name)
                if items is None:
                    rest.append(name)
                else:
                    yield from items
            except Trouble as trouble:
                yield Unread(where=_place(name), why=trouble.why)
        for name in rest:
            try:
                yield from swept(self._bytes(name), _place(name))
            except Trouble as trouble:
                yield Unread(where=_place(name), why=trouble.why)
        if not self._known:
            yield Unread(where="", why=Why.UNSUPPORTED)

    def _bytes(self, name: list[str]) -> bytes:
        try:
            size = self._opened.get_size(name)
            if size > self._budget.bounds.held:
                raise Trouble(Why.SIZE)
            self._budget.spend(size)
            data: bytes = self._opened.openstream(name).read()
        except (OSError, ValueError, IndexError, struct.error, TypeError):
            raise Trouble(Why.BROKEN) from None
        return data

    def _sealed(self) -> Iterator[Item]:
        self._known = True
        try:
            info = self._bytes(self._lower.get("encryptioninfo", ["EncryptionInfo"]))
            found = encrypted.package(info, self._bytes(self._lower["encryptedpackage"]))
        except Trouble as trouble:
            # What cannot be opened is encrypted, whatever else is wrong with it.
            why = trouble.why if trouble.why in (Why.SIZE, Why.LIMIT) else Why.ENCRYPTED
            yield Unread(where="", why=why)
            return
        yield Member(name="", stream=Stream(io.BytesIO(found).read))

    def _stream(self, name: list[str]) -> Iterator[Item] | None:
        """What a stream holds; None where its name says nothing."""
        last = name[-1].lower()
        if last in _NOTHING or name[0].lower() == _SPACES:
            return iter(())
        if last in _BOOKS:
            self._known = True
            return self._book(name)
        if len(name) > 1 and name[-2].lower() == _PIVOT:
            return xlspivot.read(self._bytes(name), _place(name), self._budget)
        if len(name) > 1 and name[-2].lower() == "vba":
            self._known = True
            return self._macro(name)
        if last == _NATIVE:
            self._known = True
            return _native(self._bytes(name), _place(name))
        if last in _PACKED:
            self._known = True
            return iter(
                (Member(name=_place(name), stream=Stream(io.BytesIO(self._bytes(name)).read)),)
            )
        if last in _ABOUT:
            return swept(self._bytes(name), _place(name), echo=True)
        return None

    def _book(self, name: list[str]) -> Iterator[Item]:
        body = self._bytes(name)
        base = _place(name[:-1]) if name[:-1] else ""
        # A file for old and new programs holds the same workbook twice.
        twin = (
            name[-1].lower() == "book" and "/".join([*name[:-1], "workbook"]).lower() in self._lower
        )
        if xls.sealed(body):
            body = encrypted.workbook(body)
        for item in xls.Workbook(body, self._budget).read():
            told = replace(item, where=joined(base, item.where))
            yield replace(told, echo=True) if twin and isinstance(told, Part) else told

    def _macro(self, name: list[str]) -> Iterator[Item]:
        last = name[-1].lower()
        if last in _CODES or last.startswith("__srp_"):
            return
        told = self._lower.get("/".join([*name[:-1], "dir"]).lower())
        codec = _codec(vba.unpacked(self._bytes(told), self._budget)) if told else "cp1252"
        data = self._bytes(name)
        if source := vba.source(data, codec, self._budget):
            yield from windows([source], _place(name), hidden=True)
        else:
            yield from swept(data, _place(name))


def _place(name: list[str]) -> str:
    return label("/".join(name))


def _codec(told: bytes) -> str:
    """The codec of a project, by its record PROJECTCODEPAGE (MS-OVBA 2.3.4.2.1.4)."""
    at = told.find(b"\x03\0\x02\0\0\0", 0, 200)
    return page(int.from_bytes(told[at + 6 : at + 8], "little")) if at >= 0 else "cp1252"


def _native(data: bytes, where: str) -> Iterator[Item]:
    """An embedded file (MS-OLEDS 2.3.6, and the header that the packager writes into it)."""
    found = package(data[4:], longest=_NAME)
    if found is None or not found.size or len(found.body) < found.size:
        # No packager's header: the bytes are the object itself.
        yield Member(name=where, stream=Stream(io.BytesIO(data[4:]).read))
        return
    copied = found.copied.rstrip(b"\0").decode("cp1252", "replace")
    names = (found.label, found.path, copied)
    said = dict.fromkeys(name.replace("\\", "\t").replace("/", "\t").strip() for name in names)
    yield from windows((each + "\n" for each in said if each), f"{where}, its names", hidden=True)
    name = names[0] or names[1].replace("\\", "/").rpartition("/")[2]
    yield Member(name=label(name), stream=Stream(io.BytesIO(found.body).read))
