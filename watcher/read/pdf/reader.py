"""
PDF (ISO 32000-2): pages, and everything that hides behind, beside and before them.

pypdf, which survives what kills the native libraries. What nobody sees who
opens the file (pages and drawings in no tree, layers that are off, scripts,
pages that a later revision replaced) is hidden.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.pdf import between
from watcher.read.pdf.document import Document
from watcher.read.pdf.objects import data
from watcher.read.pdf.repair import mended
from watcher.read.raw import swept
from watcher.read.stream import Item, Member, Stream

if TYPE_CHECKING:
    from pypdf import PdfReader

REVISIONS = 8
_BEFORE = 16  # bytes before an object in which its entry may point
_SPARE = 1_000_000  # numbers that are left to the objects of streams
_TAIL = 4096  # bytes in which the end must be marked
_END = re.compile(rb"%%EOF[ \t]{0,8}\r?\n?")


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The pages and all else, then what earlier revisions said otherwise."""
    body = stream.whole(budget.bounds.held)
    seen: set[str] = set()
    try:
        document = Document(body, budget, seen=seen)
    except Trouble as trouble:
        yield Unread(where="", why=trouble.why)
        if trouble.why is Why.BROKEN:
            yield from swept(body, "raw", hidden=False)
        return
    if b"%%EOF" not in body[-_TAIL:]:
        yield Unread(where="", why=Why.BROKEN)  # it was cut: what followed is not here
    yield from document.pages()
    told = _places(document)
    yield from _revisions(body, budget, document.reader, seen, told)
    yield from document.objects()
    yield from _xfa(document.reader, budget)
    yield from _between(body, budget, document.reader, seen, told)


def _places(document: Document) -> set[int]:
    """Where the objects stand that a revision's table names."""
    return {place for each in document.reader.xref.values() for place in each.values()}


def _between(
    body: bytes, budget: Budget, newest: PdfReader, seen: set[str], told: set[int]
) -> Iterator[Item]:
    """What stands in no object, and the objects that no table names."""
    found = list(between.objects(body))
    stray = between.stray(body, [place for _, place in found])
    for number, each in enumerate(stray, start=1):
        budget.member()
        name = "in no object" if number == 1 else f"in no object {number}"
        yield Member(name=name, stream=Stream(io.BytesIO(each).read))
    # Where an entry points may be some white space before its object.
    untold = [
        place
        for _, place in found
        if not any(at in told for at in range(place[0], place[0] - _BEFORE, -1))
    ]
    if not untold or newest.is_encrypted or len(untold) == len(found):
        return
    top = max((number for number, _ in found), default=0) + _SPARE
    try:
        whole = mended(body + between.renumbered(body, untold, top))
        rest = Document(whole, budget, base="in no table, ", seen=seen)
    except Trouble as trouble:
        yield Unread(where="objects in no table", why=trouble.why)
        return
    yield from rest.objects(above=top)


def _xfa(reader: PdfReader, budget: Budget) -> Iterator[Item]:
    """A form in XML (XFA 3.3): its packets are one document, cut anywhere."""
    try:
        form = reader.root_object.get("/AcroForm")
        found = form.get_object().get("/XFA") if form is not None else None
        found = found.get_object() if found is not None else None
        if found is None:
            return
        packets = [each.get_object() for each in found] if isinstance(found, list) else [found]
        body = b"".join(data(each, budget) for each in packets if hasattr(each, "get_data"))
    except Trouble as trouble:
        yield Unread(where="form in XML", why=trouble.why)
    except AttributeError:
        yield Unread(where="form in XML", why=Why.BROKEN)
    else:
        if body:
            yield Member(name="form in XML", stream=Stream(io.BytesIO(body).read))


def _revisions(
    body: bytes, budget: Budget, newest: PdfReader, seen: set[str], told: set[int]
) -> Iterator[Item]:
    """Pages and objects as they were before a later part of the file replaced them (7.5.6)."""
    ends = [found.end() for found in _END.finditer(body)][:-1]
    if b"/Linearized" in body[:1024]:
        ends = ends[1:]  # the first is the end of the first page's own table
    for number, end in list(enumerate(ends, start=1))[-REVISIONS:]:
        try:
            older = Document(body[:end], budget, base=f"revision {number}, ", seen=seen)
        except Trouble:
            continue  # no whole file ends here: the newest had all objects
        told |= _places(older)
        yield from older.pages(newest)
        yield from older.objects(older_than=newest)
    if len(ends) > REVISIONS:
        yield Unread(where="older revisions", why=Why.LIMIT)
