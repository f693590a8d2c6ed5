"""
Opens a document and the documents inside it, each with the reader its bytes ask for.

    bytes → sniff → reader → parts, and members → sniff → reader → …

Readers yield; only this opens. Whatever comes in, what comes out is Parts and
Unreads: a member that fails takes no other with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from importlib import import_module

from watcher.model import Part, Unread, Why
from watcher.read import sniff
from watcher.read.archives import archive, volumes, zipflow
from watcher.read.budget import Budget, Trouble
from watcher.read.coded import armour
from watcher.read.encoding import undone
from watcher.read.label import joined
from watcher.read.sniff import Kind
from watcher.read.stream import Item, Member, Stream

Reader = Callable[[Stream, Budget], Iterable[Item]]

TOLD = 100  # Unread of one reason that are told one by one

# Modules of this room and what reads there: loaded when the first such document comes.
READERS: dict[Kind, tuple[str, str]] = {
    Kind.EMPTY: ("text", "read"),
    Kind.TEXT: ("text", "read"),
    Kind.TABLE: ("delimited", "read"),
    Kind.HTML: ("html", "read"),
    Kind.XML: ("markup", "read"),
    Kind.ZIP: ("archives.archive", "read_zip"),
    Kind.GZIP: ("archives.compressed", "read_gzip"),
    Kind.BZIP2: ("archives.compressed", "read_bzip2"),
    Kind.XZ: ("archives.compressed", "read_xz"),
    Kind.ZSTD: ("archives.compressed", "read_zstd"),
    Kind.TAR: ("archives.tar", "read"),
    Kind.AR: ("archives.ar", "read"),
    Kind.CPIO: ("archives.cpio", "read"),
    Kind.SEVENZIP: ("archives.sevenzip", "read"),
    Kind.RAR: ("archives.rar", "read"),
    Kind.CAB: ("archives.foreign", "read"),
    Kind.ISO: ("archives.foreign", "read"),
    Kind.LHA: ("archives.foreign", "read"),
    Kind.PRESSED: ("archives.foreign", "read_pressed"),
    Kind.SPREADSHEET: ("spreadsheets.spreadsheet", "read"),
    Kind.OFFICE: ("office.package", "read"),
    Kind.OLE: ("office.ole", "read"),
    Kind.PDF: ("pdf.reader", "read"),
    Kind.RTF: ("office.rtf", "read"),
    Kind.COMPOUND: ("office.compound", "read"),
    Kind.WORD: ("office.word", "read"),
    Kind.SLIDES: ("office.slides", "read"),
    Kind.OPEN: ("office.opendocument", "read"),
    Kind.EPUB: ("office.package", "read_book"),
    Kind.IMAGE: ("images.image", "read"),
    Kind.DATABASE: ("data.database", "read"),
    Kind.PAGELOG: ("data.pagelog", "read"),
    Kind.PARQUET: ("data.parquet", "read"),
    Kind.MAIL: ("mail.mail", "read"),
    Kind.MAILBOX: ("mail.mailbox", "read"),
    Kind.MESSAGE: ("mail.message", "read"),
    Kind.TNEF: ("mail.tnef", "read"),
    Kind.SIGNED: ("mail.signed", "read"),
    Kind.CALENDAR: ("mail.calendar", "read"),
    Kind.KNOWN: ("raw", "read_known"),
    Kind.UNKNOWN: ("raw", "read"),
    Kind.FLAT_OPEN: ("spreadsheets.opensheets", "read"),
    Kind.FLAT_EXCEL: ("spreadsheets.sheetml", "read"),
    Kind.YENC: ("coded.yenc", "read"),
}


def document(
    stream: Stream, encoding: str, budget: Budget, *, inside: bool = False
) -> Iterator[Part | Unread]:
    """
    The parts of one document, its content encoding undone first. Lazy; never fails.

    `inside`: only what lies in it in other clothes; its own text was read before.

    The first 100 Unread of each reason are told by their places, the others by
    their number: a hostile archive shall not fill a store.
    """
    whys: Counter[Why] = Counter()
    for item in _walked(stream, encoding, budget):
        if isinstance(item, Part):
            budget.words.hear(item.text)
        if inside and not item.where:
            continue
        if isinstance(item, Unread):
            whys[item.why] += 1
            if whys[item.why] > TOLD:
                continue
        yield item
    for why, number in whys.items():
        if number > TOLD:
            yield Unread(where=f"{number - TOLD} more parts", why=why)


def _walked(stream: Stream, encoding: str, budget: Budget) -> Iterator[Part | Unread]:
    source = stream
    budget.document = lambda: source.size
    try:
        stream = undone(stream, encoding, budget)
    except Trouble as trouble:
        yield Unread(where="", why=trouble.why)
        return
    yield from _opened(Member(name="", stream=stream), "", budget, budget.bounds.depth)


def _opened(member: Member, base: str, budget: Budget, depth: int) -> Iterator[Part | Unread]:
    stream = member.stream
    whys: list[Why] = []
    given = 0
    try:
        reader = _reader(stream, budget)
        if reader is None:
            raise Trouble(Why.LIMIT if member.bomb else Why.UNSUPPORTED)
        for item in armour.opened(volumes.joined(reader(stream, budget), budget), budget):
            if not isinstance(item, Member):
                yield replace(item, where=joined(base, item.where))
                if isinstance(item, Part):
                    # One text may stand in every cell, one page at every place of a tree.
                    new = len(item.text) - item.overlap
                    given += new
                    budget.expanded(stream.size, given, new)
            elif not depth:
                yield Unread(where=joined(base, item.name), why=Why.LIMIT)
            else:
                inner = _opened(item, joined(base, item.name), budget, depth - 1)
                # Nothing stands behind what is the document itself in other clothes.
                with budget.inside() if item.name else nullcontext():
                    yield from _echoed(inner) if item.echo else inner
    except GeneratorExit:
        raise
    except Trouble as trouble:
        whys.append(trouble.why)
    except (MemoryError, RecursionError):
        whys.append(Why.LIMIT)
    except BaseException:  # noqa: BLE001  # Rust libraries panic past Exception; told as broken
        whys.append(Why.BROKEN)
    if stream.trouble:
        # The cause; that its reader then stumbled says no more.
        whys = [stream.trouble]
    yield from (Unread(where=base, why=why) for why in whys)


def _echoed(items: Iterable[Part | Unread]) -> Iterator[Part | Unread]:
    for item in items:
        yield replace(item, echo=True) if isinstance(item, Part) else item


def _reader(stream: Stream, budget: Budget) -> Reader | None:
    found = sniff.kind(stream.head(), complete=stream.ended)
    if found is Kind.ZIP:
        try:
            with archive.opened(stream, budget) as opened:
                found = sniff.package(opened.namelist(), archive.mimetype(opened, budget))
        except Trouble as trouble:
            if trouble.why not in (Why.SIZE, Why.BROKEN):
                raise
            return zipflow.read
    elif found is Kind.OLE:
        found = sniff.compound(stream.whole(budget.bounds.held))
    if found not in READERS:
        return None
    module, name = READERS[found]
    reader: Reader = getattr(import_module(f"watcher.read.{module}"), name)
    return reader
