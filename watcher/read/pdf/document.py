"""
One revision of a PDF: its pages in order, and what its table of objects has beside them.

Each page is a piece of its own, `page 3`. A page that is only a picture, or
whose letters nobody can tell, is unread; the one may be read by OCR.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.pdf.contents import Contents
from watcher.read.pdf.drawing import Walk
from watcher.read.pdf.face import Fonts
from watcher.read.pdf.layers import Layers
from watcher.read.pdf.notes import Notes
from watcher.read.pdf.objects import Objects, data, is_document, is_drawing
from watcher.read.pdf.opening import opened
from watcher.read.pdf.page import Drawn, is_table, same
from watcher.read.pdf.pictured import Pictured
from watcher.read.pdf.revisions import changed, numbers, place
from watcher.read.stream import Item, Member, Stream
from watcher.read.text import windows

if TYPE_CHECKING:
    from pypdf import PdfReader

_FONT = re.compile(rb"/([^\s/()<>\[\]{}%]{1,100})\s{1,4}[-\d.]{1,20}\s{1,4}Tf")


class Document:
    """
    A revision on its way through its pages and objects.

    `base`: what its addresses begin with; an earlier revision has one, and is
    hidden. `seen`: texts that were given, of all revisions. Raises Trouble.
    """

    def __init__(self, body: bytes, budget: Budget, *, base: str = "", seen: set[str]) -> None:
        self._body = body
        self._budget = budget
        self._base = base
        self._seen = seen
        self._known: set[int] = set()
        self.reader = opened(body, budget.words)
        self._contents = Contents(self.reader, budget)
        self._fonts = Fonts()
        self._layers = Layers(self.reader.root_object)
        self._pictured = Pictured(body, budget)
        lock = self.reader.trailer.get("/Encrypt") and self.reader.trailer.raw_get("/Encrypt")
        self._known.add(getattr(lock, "idnum", -1))

    def pages(self, newer: PdfReader | None = None) -> Iterator[Item]:
        """The pages in their order, each with its notes; those that `newer` has not the same."""
        try:
            pages = list(self.reader.pages)
        except (MemoryError, RecursionError):
            raise
        except Exception as problem:  # noqa: BLE001  # a page tree without end, or none
            yield Unread(where=f"{self._base}pages", why=_why(problem))
            return
        if not pages:
            yield Unread(where=f"{self._base}pages", why=Why.BROKEN)
        self._pictured.pages = len(pages)
        placed: set[int] = set()
        for number, page in enumerate(pages, start=1):
            reference = page.indirect_reference
            if reference is not None:
                if reference.idnum in placed:
                    continue  # a tree may have one page at any number of places
                placed.add(reference.idnum)
                self._known.add(reference.idnum)
            if newer is not None and not changed(self.reader, newer, page):
                continue
            where = f"{self._base}page {number}"
            yield from self._page(page, where, hidden=bool(self._base), number=number)

    def _page(
        self, page: Any, where: str, *, hidden: bool, number: int | None = None
    ) -> Iterator[Item]:
        for step in (self._drawn, self._notes):
            try:
                yield from step(page, where, hidden=hidden, number=number)
            except Trouble as trouble:
                self._budget.spend(0)  # where nothing is left, no other page has anything either
                yield Unread(where=where, why=trouble.why)
            except (MemoryError, RecursionError):
                yield Unread(where=where, why=Why.LIMIT)
            except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
                yield Unread(where=where, why=_why(problem))

    def _walked(self, held: Any, resources: Any, *, form: bool = False) -> tuple[Drawn, Why | None]:
        """What a page or a form draws, and why not all of it was read."""
        drawn = Drawn()
        walk = Walk(drawn, self._fonts, self._layers, self._contents.operations)
        try:
            self._contents.begin()
            if form:
                walk.form(held, resources)
            else:
                walk.stream(held, resources)
        except Trouble as trouble:
            self._budget.spend(0)
            return drawn, trouble.why
        except (MemoryError, RecursionError):
            return drawn, Why.LIMIT
        except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
            return drawn, _why(problem)
        return drawn, self._contents.torn or walk.torn

    def _drawn(self, page: Any, where: str, *, hidden: bool, number: int | None) -> Iterator[Item]:
        resources = page.get_inherited("/Resources")
        resources = resources.get_object() if resources is not None else None
        drawn, why = self._walked(page.get("/Contents"), resources)
        text = _clean(drawn.reading())
        yield from self._read(drawn, text, where, hidden=hidden)
        if why:
            yield Unread(where=where, why=why)
        else:
            yield from self._pictured.page(
                drawn, text, _size(page), number=number, where=where, hidden=hidden
            )
        if drawn.is_garbled(text):
            yield Unread(where=where, why=Why.UNSUPPORTED)

    def _read(self, drawn: Drawn, text: str, where: str, *, hidden: bool) -> Iterator[Part]:
        for off, inner in ((False, where), (True, f"{where}, hidden layers")):
            said = _clean(drawn.reading(off=True)) if off else text
            lines = _clean(drawn.lines(off=off))
            self._budget.spend(len(said))
            if not said.strip() or (self._base and said in self._seen):
                continue
            self._seen.add(said)
            if same(said, lines):
                yield from windows([lines], inner, hidden=hidden or off)
                continue
            other, name = lines, "line by line"
            if is_table(lines):
                said, other, name = lines, said, "as drawn"
            yield from windows([said], inner, hidden=hidden or off)
            yield from windows([other], f"{inner}, {name}", hidden=hidden or off, echo=True)
        shown = " ".join(text.split())
        instead = [
            each for each in drawn.said if (said := " ".join(each.split())) and said not in shown
        ]
        if instead:
            self._budget.spend(sum(map(len, instead)))
            lines = _clean("".join(f"{each}\n" for each in instead))
            yield from windows([lines], f"{where}, alternative texts", hidden=True)

    def _notes(self, page: Any, where: str, *, hidden: bool, **_: object) -> Iterator[Item]:
        notes = Notes(self._layers, self._shown, self._known)
        notes.read(page)
        if notes.cut:
            yield Unread(where=f"{where}, notes", why=Why.LIMIT)
        for unseen, lines in notes.lines.items():
            text = _clean("".join(lines))
            self._budget.spend(len(text))
            if text and text not in self._seen:
                self._seen.add(text)
                name = "hidden notes" if unseen else "notes"
                yield from windows([text], f"{where}, {name}", hidden=unseen or hidden)

    def _shown(self, form: Any) -> str:
        drawn, why = self._walked(form, None, form=True)
        if why:
            raise Trouble(why)
        return drawn.reading() + drawn.reading(off=True)

    def objects(self, older_than: PdfReader | None = None, *, above: int = 0) -> Iterator[Item]:
        """
        What the table of objects has beside; of an older revision, what differs in the newer.

        `above`: only objects of this number and higher ones.
        """
        chosen = {each: of for each, of in numbers(self.reader).items() if each >= above}
        if older_than is not None:
            chosen = {
                number: generation
                for number, generation in chosen.items()
                if place(self.reader, number, generation) != place(older_than, number, generation)
            }
        drawn = {number for _, number in self.reader.resolved_objects}
        walk = Objects(self.reader, self._body, self._budget, known=self._known, drawn=drawn)
        for item in walk.walk(sorted(chosen.items())):
            yield _under(self._base, item)
        for number, page in walk.pages:
            where = f"{self._base}page in no tree (object {number})"
            yield from self._page(_paged(self.reader, page), where, hidden=True)
        for number, form in walk.forms:
            yield from self._form(number, form)

    def _form(self, number: int, form: Any) -> Iterator[Item]:
        where = f"{self._base}drawing on no page (object {number})"
        try:
            body = data(form, self._budget)
        except Trouble as trouble:
            if trouble.why is Why.LIMIT:
                yield Unread(where=where, why=trouble.why)
            return  # bytes in a filter of pictures
        if not is_drawing(body):
            if is_document(body):
                self._budget.member()
                name = f"{self._base}stream in no use (object {number})"
                yield Member(name=name, stream=Stream(io.BytesIO(body).read))
            return
        drawn, why = self._walked(form, self._lent(body), form=True)
        if why:
            yield Unread(where=where, why=why)
        text = _clean(drawn.reading() + drawn.reading(off=True))
        if drawn.is_garbled(text):
            yield Unread(where=where, why=Why.UNSUPPORTED)
        if text.strip() and text not in self._seen:
            self._seen.add(text)
            yield from windows([text], where, hidden=True)

    def _lent(self, body: bytes) -> Any:
        """Resources for a drawing that has lost its page: the first page's fonts."""
        pages = self.reader.flattened_pages
        resources = pages[0].get("/Resources") if pages and _FONT.search(body) else None
        return resources.get_object() if resources is not None else None


def _why(problem: Exception) -> Why:
    return Why.LIMIT if type(problem).__name__ == "LimitReachedError" else Why.BROKEN


def _clean(text: str) -> str:
    """Text that can be written as UTF-8: halves of pairs replaced."""
    return text.encode("utf-8", "replace").decode()


def _paged(reader: PdfReader, found: Any) -> Any:
    """A page object of a dictionary that no tree leads to."""
    from pypdf import PageObject

    page = PageObject(reader)
    page.update(found)
    return page


def _under(base: str, item: Item) -> Item:
    if not base:
        return item
    if isinstance(item, Member):
        return Member(name=base + item.name, stream=item.stream, bomb=item.bomb)
    if isinstance(item, Part):
        return replace(item, where=base + item.where, hidden=True)
    return Unread(where=base + item.where, why=item.why)


def _size(page: Any) -> float:
    try:
        box = page.mediabox
        return abs(float(box.width) * float(box.height))
    except Exception:  # noqa: BLE001  # damaged files raise anything there is
        return 0.0
