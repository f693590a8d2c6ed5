"""
All of an Office package but its sheets' rows: XML members swept, embedded files handed on.

A document that has no reader of its own yet (a letter, slides) is swept as
well, and said to be unread: its text is there, its order and tables are not.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator

from watcher.model import Unread, Why
from watcher.read.archives.archive import content, members, opened, unlisted
from watcher.read.budget import Budget, Trouble
from watcher.read.sniff import Kind, kind
from watcher.read.spreadsheets import pivot
from watcher.read.spreadsheets.sheetmarks import SHEET, cut
from watcher.read.stream import Item, Stream
from watcher.read.sweep import is_nothing, is_xml, swept

# Read elsewhere too, by the cells that refer to them.
_ECHOES = re.compile(r"xl/sharedStrings\.xml\Z", re.IGNORECASE)
# What the program wrote of itself and its user: no place of a list.
_ABOUT = re.compile(r"docProps/|meta\.xml\Z", re.IGNORECASE)

_LOCKED = "META-INF/encryption.xml"
_METHOD = re.compile(rb"EncryptionMethod\s[^>]{0,200}?Algorithm\s{0,9}=\s{0,9}[\"']([^\"']{0,200})")
# Fonts are made unusable elsewhere by these, and nothing else is (EPUB 3.3, 4.4).
# What those members are that hold nothing of a person's: settings of printers look like any bytes.
_NOTHING = (Kind.XML, Kind.TEXT, Kind.EMPTY, Kind.UNKNOWN, Kind.KNOWN)
_FONTS = frozenset((b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC"))


def rest(
    archive: zipfile.ZipFile,
    budget: Budget,
    *,
    done: Collection[int] = (),
    read: bool = False,
    given: Collection[int] = (),
) -> Iterator[Item]:
    """
    What a package holds beside the rows of its sheets.

    `done`: where those members begin that were read, of worksheets the rows;
    `read`: its cells were; `given`: where those begin whose text was given in its order.
    """
    others: list[zipfile.ZipInfo] = []
    for info in archive.infolist():
        name = info.filename
        if is_nothing(name):
            if kind(content(archive, info, budget).head()) not in _NOTHING:
                others.append(info)  # it is not what its name says
            continue
        if name in ("mimetype", "META-INF/manifest.xml"):
            continue
        done_here = info.header_offset in done
        if done_here and not SHEET.match(name):
            continue
        if not is_xml(name):
            others.append(info)
            continue
        try:
            budget.member()
        except Trouble as trouble:
            yield Unread(where="", why=trouble.why)
            return
        if pivot.RECORDS.match(name):
            yield from pivot.read(archive, info, budget)
            continue
        lone = pivot.is_lone(archive, name)
        if lone:
            yield from pivot.read_lone(archive, info, budget)
        echo = (
            lone
            or info.header_offset in given
            or bool(_ABOUT.match(name) or (read and _ECHOES.match(name)))
        )
        yield from swept(archive, info, budget, echo=echo, cut=cut if done_here else None)
    yield from members(archive, others, budget)
    yield from unlisted(archive, budget)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A package that is no workbook."""
    with opened(stream, budget) as archive:
        yield Unread(where="", why=Why.UNSUPPORTED)
        yield from rest(archive, budget)


def read_book(stream: Stream, budget: Budget) -> Iterator[Item]:
    """An EPUB (W3C EPUB 3.3): its chapters are members like others. Some may be encrypted."""
    with opened(stream, budget) as archive:
        if _LOCKED in archive.NameToInfo:
            told = content(archive, archive.getinfo(_LOCKED), budget).head()
            if any(each not in _FONTS for each in _METHOD.findall(told)):
                yield Unread(where="", why=Why.ENCRYPTED)
        yield from rest(archive, budget)
