"""
ZIP archives.

A member's path is a label in an address and never a path. Members are read
in the archive's own order, each as far as its bytes go: one broken member
leaves the others whole. Names are text too: photos are called by whom they
show, and an encrypted archive keeps its names in clear.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from watcher.model import Unread, Why
from watcher.read.archives.locked import AES, Source, unlocked, unusual
from watcher.read.archives.ziplayout import body_of, extras, gaps, rebuilt
from watcher.read.budget import RATIO_FROM, Budget, Trouble
from watcher.read.charsets.charset import Decoder
from watcher.read.label import label
from watcher.read.names import WHERE, fields
from watcher.read.sniff import Kind, kind
from watcher.read.stream import CHUNK, HEAD, Item, Member, Stream
from watcher.read.text import windows

_ENCRYPTED = 0x1  # general purpose bit 0 (APPNOTE 4.4.4)
_STRONG = 0x40
_PLAIN = (Kind.EMPTY, Kind.TEXT, Kind.TABLE)
_ITSELF = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL = 30  # the fixed part of a local header (APPNOTE 4.3.7)
_FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


@contextmanager
def opened(stream: Stream, budget: Budget) -> Iterator[zipfile.ZipFile]:
    """The archive, held in memory; its directory is read once. Raises Trouble."""
    body = stream.whole(budget.bounds.held)
    if not isinstance(stream.parsed, zipfile.ZipFile):
        try:
            stream.parsed = zipfile.ZipFile(io.BytesIO(body))
        except (*_FAULTS, NotImplementedError, UnicodeDecodeError):
            raise Trouble(Why.BROKEN) from None
    yield stream.parsed


def overlapping(archive: zipfile.ZipFile) -> set[int]:
    """
    Header offsets of members that share bytes with another.

    David Fifield, "A better zip bomb" (WOOT 2019): overlapping members pass any
    judgement of a single member's ratio.
    """
    found: set[int] = set()
    end, last = 0, -1
    for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if info.header_offset < end:
            found.update((last, info.header_offset))
        if (size := info.header_offset + _LOCAL + info.compress_size) > end:
            end, last = size, info.header_offset
    return found


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Stream:
    """A member's bytes; what is wrong with it becomes the stream's trouble."""
    return Stream(_more(archive, info, budget))


def _more(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> Callable[[int], bytes]:
    source: Source | None = None
    given = 0

    def more(size: int) -> bytes:
        nonlocal source, given
        try:
            source = source or _source(archive, info, budget)
            data = source(min(size, CHUNK))
        except _FAULTS:
            raise Trouble(Why.BROKEN) from None
        given += len(data)
        budget.spend(len(data))
        budget.expanded(info.compress_size, given, len(data))
        return data

    return more


def _source(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Source:
    if info.flag_bits & _STRONG:
        raise Trouble(Why.ENCRYPTED)
    if info.flag_bits & _ENCRYPTED or info.compress_type == AES:
        return unlocked(archive, info, budget)
    if info.compress_type in _ITSELF:
        return unusual(
            archive, info, budget
        )  # zipfile ends where the directory says, not where the data do
    try:
        return archive.open(info).read
    except NotImplementedError:  # a compression method that zipfile does not know
        return unusual(archive, info, budget)


def members(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], budget: Budget
) -> Iterator[Item]:
    """These members, for the dispatcher to open."""
    shared = overlapping(archive)
    for info in infos:
        # Not `is_dir`: it stumbles over a member without a name.
        if info.filename.endswith("/") and not info.file_size:
            continue
        name = label(info.filename)
        try:
            budget.member()
            budget.spend(0)
        except Trouble as trouble:
            yield Unread(where="", why=trouble.why)
            return
        if info.header_offset in shared:
            yield Unread(where=name, why=Why.LIMIT)
            continue
        ratio = budget.bounds.ratio * max(info.compress_size, 1)
        bomb = info.file_size > RATIO_FROM and info.file_size > ratio
        yield Member(name=name, stream=content(archive, info, budget), bomb=bomb)


def _texts(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Item]:
    """What an archive says beside its members: their names, comments and extra fields."""
    infos = archive.infolist()
    yield from windows((fields(info.filename) + "\n" for info in infos), WHERE)
    said = [each for each in (archive.comment, *(info.comment for info in infos)) if each]
    yield from _said(said, "comments of the archive", budget)
    more = dict.fromkeys(extras(archive, body_of(archive)))
    yield from _said(list(more), "extra fields", budget)


def _said(said: list[bytes], where: str, budget: Budget) -> Iterator[Item]:
    """Texts as one; whatever is none is a document of its own."""
    plain = b"\n".join(each for each in said if kind(each[:HEAD], complete=True) in _PLAIN)
    decoder = Decoder(plain)
    yield from windows([decoder.feed(plain) + decoder.finish()], where, hidden=True)
    for each in said:
        if kind(each[:HEAD], complete=True) not in _PLAIN:
            budget.member()
            yield Member(name=where, stream=Stream(io.BytesIO(each).read))


def unlisted(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Item]:
    """What stands in the archive's file beside what its directory names, as members."""
    body = body_of(archive)
    for number, (start, end) in enumerate(gaps(archive, body), start=1):
        try:
            budget.member()
        except Trouble as trouble:
            yield Unread(where="", why=trouble.why)
            return
        rest = io.BytesIO(rebuilt(body[start:end]))
        name = "in no directory" if number == 1 else f"in no directory {number}"
        yield Member(name=name, stream=Stream(rest.read))


def read_zip(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The names of a ZIP archive's members, the members, and what hides between them."""
    with opened(stream, budget) as archive:
        yield from _texts(archive, budget)
        yield from members(archive, archive.infolist(), budget)
        yield from unlisted(archive, budget)


def mimetype(archive: zipfile.ZipFile, budget: Budget) -> bytes:
    """What the member of this name says first, by which OpenDocument and EPUB are told; b"" without."""
    if "mimetype" not in archive.namelist():
        return b""
    return content(archive, archive.getinfo("mimetype"), budget).read(200)
