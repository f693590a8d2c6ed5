"""
PDF (ISO 32000-2): pages, and everything that hides behind, beside and before them.

pypdf, which survives what kills the native libraries. Each page is a piece of
its own, `page 3`; what nobody sees who opens the file (pages and drawings in
no tree, scripts, pages that a later revision replaced) is hidden. A page that
is only a picture is unread.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.pdf.objects import Objects, data, is_drawing, numbers, strings
from watcher.read.pdf.page import Drawn, same
from watcher.read.pdf.repair import mended
from watcher.read.raw import swept
from watcher.read.stream import Item, Member, Stream
from watcher.read.text import windows

if TYPE_CHECKING:
    from pypdf import PdfReader

DRAWING = 4 << 20  # bytes of operators on one page: some 100,000 lines
DRAWINGS = 64 << 20  # on all pages
REVISIONS = 8
_TAIL = 4096  # bytes in which the end must be marked
_NOTES = 10_000  # on one page
_UNSEEN = 2 | 32  # flags of a note: hidden, no view (ISO 32000-2, table 167)
_FONT = re.compile(rb"/([^\s/()<>\[\]{}%]{1,100})\s{1,4}[-\d.]{1,20}\s{1,4}Tf")
_END = re.compile(rb"%%EOF[ \t]{0,8}\r?\n?")


def _quiet() -> None:
    """The library quotes documents in its warnings: nobody hears them."""
    logger = logging.getLogger("pypdf")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def opened(body: bytes) -> PdfReader:
    """The document, its table of objects rebuilt where it is broken. Raises Trouble."""
    from pypdf import PdfReader

    for mend in (False, True):
        try:
            reader = PdfReader(io.BytesIO(mended(body) if mend else body))
            encrypted = reader.is_encrypted
            if encrypted and not reader.decrypt(""):
                raise Trouble(Why.ENCRYPTED)
            if reader.root_object.get("/Pages") is not None:
                return reader
        except (MemoryError, RecursionError, Trouble):
            raise
        except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
            if type(problem).__name__ == "DependencyError":
                raise Trouble(Why.ENCRYPTED) from None
    raise Trouble(Why.BROKEN)


class Document:
    """One revision of a file on its way through its pages and objects."""

    def __init__(self, body: bytes, budget: Budget, *, base: str = "", seen: set[str]) -> None:
        self._body = body
        self._budget = budget
        self._base = base
        self._seen = seen  # texts of pages that were given
        self._known: set[int] = set()
        self._drawing = DRAWINGS
        self.reader = opened(body)
        lock = self.reader.trailer.get("/Encrypt") and self.reader.trailer.raw_get("/Encrypt")
        self._known.add(getattr(lock, "idnum", -1))

    def pages(self, newer: PdfReader | None = None) -> Iterator[Item]:
        """The pages in their order, each with its notes; those that `newer` has not the same."""
        try:
            pages = list(self.reader.pages)
        except (MemoryError, RecursionError):
            raise
        except Exception as problem:  # noqa: BLE001  # a page tree without end, or none
            limit = type(problem).__name__ == "LimitReachedError"
            yield Unread(where=f"{self._base}pages", why=Why.LIMIT if limit else Why.BROKEN)
            return
        if not pages:
            yield Unread(where=f"{self._base}pages", why=Why.BROKEN)
        for number, page in enumerate(pages, start=1):
            reference = page.indirect_reference
            if reference is not None:
                self._known.add(reference.idnum)
            if newer is not None and not _changed(self.reader, newer, page):
                continue
            yield from self._page(page, f"{self._base}page {number}", hidden=bool(self._base))

    def _page(self, page: Any, where: str, *, hidden: bool) -> Iterator[Item]:
        try:
            yield from self._drawn(page, where, hidden=hidden)
            yield from self._notes(page, where, hidden=hidden)
        except Trouble as trouble:
            self._budget.spend(0)  # where nothing is left, no other page has anything either
            yield Unread(where=where, why=trouble.why)
        except (MemoryError, RecursionError):
            yield Unread(where=where, why=Why.LIMIT)
        except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
            limit = type(problem).__name__ == "LimitReachedError"
            yield Unread(where=where, why=Why.LIMIT if limit else Why.BROKEN)

    def _drawn(self, page: Any, where: str, *, hidden: bool) -> Iterator[Item]:
        self._weigh(page)
        drawn = Drawn()
        text = page.extract_text(
            visitor_operand_before=drawn.before,
            visitor_operand_after=drawn.after,
            visitor_text=drawn.text,
        )
        text = text.encode("utf-8", "replace").decode()
        self._budget.spend(len(text))
        lines = drawn.lines().encode("utf-8", "replace").decode()
        if drawn.is_picture(text, _size(page)):
            yield Unread(where=where, why=Why.IMAGE_ONLY)
        if _is_garbled(text):
            yield Unread(where=where, why=Why.UNSUPPORTED)
        if not text.strip() or (self._base and text in self._seen):
            return
        self._seen.add(text)
        if same(text, lines):
            yield from windows([lines], where, hidden=hidden)
            return
        yield from windows([text], where, hidden=hidden)
        yield from windows([lines], f"{where}, line by line", hidden=hidden, echo=True)

    def _weigh(self, page: Any) -> None:
        """A page's operators are counted before they are parsed: many may share one bomb."""
        size = 0
        if self._drawing < 0:
            raise Trouble(Why.LIMIT)
        contents = page.get("/Contents")
        contents = contents.get_object() if contents is not None else None
        for each in contents if isinstance(contents, list) else (contents,):
            stream = each.get_object() if each is not None else None
            if hasattr(stream, "get_data"):
                size += len(data(stream, self._budget, most=DRAWING))
        self._drawing -= size
        if size > DRAWING or self._drawing < 0:
            raise Trouble(Why.LIMIT)

    def _notes(self, page: Any, where: str, *, hidden: bool) -> Iterator[Item]:
        annotations = page.get("/Annots")
        annotations = annotations.get_object() if annotations is not None else None
        if not isinstance(annotations, list):
            return
        said: dict[bool, list[str]] = {False: [], True: []}
        for each in annotations[:_NOTES]:
            note = each.get_object()
            if not isinstance(note, dict):
                continue
            self._known.add(getattr(each, "idnum", -1))
            flags = note.get("/F", 0)
            unseen = hidden or bool(isinstance(flags, int) and flags & _UNSEEN)
            if line := "\t".join(self._noted(page, note)):
                said[unseen].append(line + "\n")
        if len(annotations) > _NOTES:
            yield Unread(where=f"{where}, notes", why=Why.LIMIT)
        for unseen, lines in said.items():
            text = "".join(lines)
            if text and text not in self._seen:
                self._seen.add(text)
                name = "hidden notes" if unseen else "notes"
                yield from windows([text], f"{where}, {name}", hidden=unseen)

    def _noted(self, page: Any, note: Any) -> list[str]:
        """A note's or field's texts, its field's name first, and what its picture shows."""
        parent = note.get("/Parent")
        parent = parent.get_object() if parent is not None else None
        found: list[str] = []
        if isinstance(parent, dict) and parent.get("/Type") != "/Page":
            self._known.add(getattr(note.raw_get("/Parent"), "idnum", -1))
            found += strings(_only(parent, ("/T", "/TU", "/V")))
        found += strings(note)
        action = note.get("/A")
        if isinstance(action, dict) and getattr(note.raw_get("/A"), "idnum", None) is not None:
            found += strings(action)
        looks = note.get("/AP")
        normal = looks.get("/N") if isinstance(looks, dict) else None
        if normal is not None and hasattr(normal, "get_data"):
            shown = " ".join(page.extract_xform_text(normal).split())
            if shown and shown not in " ".join(found):
                found.append(shown)
        self._budget.spend(sum(map(len, found)))
        return list(dict.fromkeys(found))

    def objects(self, older_than: PdfReader | None = None) -> Iterator[Item]:
        """What the table of objects has beside; of an older revision, what differs in the newer."""
        chosen = numbers(self.reader)
        if older_than is not None:
            chosen = {
                number: generation
                for number, generation in chosen.items()
                if _place(self.reader, number, generation) != _place(older_than, number, generation)
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

    def _fonts(self, body: bytes) -> Any:
        """Resources for a drawing that has lost its page: the first page's fonts, or Latin ones."""
        from pypdf.generic import DictionaryObject, NameObject

        plain = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica",
                 "/Encoding": "/WinAnsiEncoding"}  # fmt: skip
        latin = DictionaryObject({NameObject(key): NameObject(each) for key, each in plain.items()})
        names = {found[1].decode("latin-1") for found in _FONT.finditer(body)}
        fonts = DictionaryObject({NameObject(f"/{name}"): latin for name in names})
        pages = self.reader.flattened_pages
        resources = pages[0].get("/Resources") if pages else None
        held = resources.get_object().get("/Font") if resources is not None else None
        fonts.update(held.get_object() if held is not None else {})
        return DictionaryObject({NameObject("/Font"): fonts})

    def _form(self, number: int, form: Any) -> Iterator[Item]:
        from pypdf.generic import DictionaryObject, NameObject

        where = f"{self._base}drawing on no page (object {number})"
        try:
            body = data(form, self._budget)
            if not is_drawing(body):
                return
            if "/Resources" not in form:
                form[NameObject("/Resources")] = self._fonts(body)
            page = _paged(self.reader, DictionaryObject())
            text = page.extract_xform_text(form).encode("utf-8", "replace").decode()
        except Trouble as trouble:
            if trouble.why is Why.LIMIT:
                yield Unread(where=where, why=trouble.why)
            return  # bytes in a filter of pictures
        except (MemoryError, RecursionError):
            yield Unread(where=where, why=Why.LIMIT)
            return
        except Exception:  # noqa: BLE001  # damaged files raise anything there is
            yield Unread(where=where, why=Why.BROKEN)
            return
        if _is_garbled(text):
            yield Unread(where=where, why=Why.UNSUPPORTED)
        elif text.strip() and text not in self._seen:
            self._seen.add(text)
            yield from windows([text], where, hidden=True)


def _only(found: Any, keys: tuple[str, ...]) -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(key): found[key] for key in keys if key in found})


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
        return _moved(item, base)
    return Unread(where=base + item.where, why=item.why)


def _moved(part: Part, base: str) -> Part:
    return replace(part, where=base + part.where, hidden=True)


def _place(reader: PdfReader, number: int, generation: int) -> object:
    if number in reader.xref_objStm:
        return reader.xref_objStm[number]
    return reader.xref.get(generation, {}).get(number)


def _changed(reader: PdfReader, newer: PdfReader, page: Any) -> bool:
    """Whether a page or what is drawn on it stands elsewhere in a newer revision."""
    contents = page.raw_get("/Contents") if "/Contents" in page else None
    held = contents.get_object() if contents is not None else None
    references = [page.indirect_reference, contents, *(held if isinstance(held, list) else ())]
    for each in references:
        number, generation = getattr(each, "idnum", None), getattr(each, "generation", 0)
        if number is not None and _place(reader, number, generation) != _place(
            newer, number, generation
        ):
            return True
    return page.indirect_reference is None


def _size(page: Any) -> float:
    box = page.mediabox
    return abs(float(box.width) * float(box.height))


def _is_garbled(text: str) -> bool:
    """Whether most of a page's letters are glyphs' numbers: its fonts do not say which letters."""
    letters = [each for each in text if not each.isspace()]
    odd = sum(1 for each in letters if not each.isprintable() or each == "\ufffd")
    return len(letters) >= 20 and odd * 3 > len(letters)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The pages and all else, then what earlier revisions said otherwise."""
    _quiet()
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
    yield from _revisions(body, budget, document.reader, seen)
    yield from document.objects()
    yield from _xfa(document.reader, budget)


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


def _revisions(body: bytes, budget: Budget, newest: PdfReader, seen: set[str]) -> Iterator[Item]:
    """Pages and objects as they were before a later part of the file replaced them (7.5.6)."""
    ends = [found.end() for found in _END.finditer(body)][:-1]
    if b"/Linearized" in body[:1024]:
        ends = ends[1:]  # the first is the end of the first page's own table
    for number, end in list(enumerate(ends, start=1))[-REVISIONS:]:
        try:
            older = Document(body[:end], budget, base=f"revision {number}, ", seen=seen)
        except Trouble:
            continue  # no whole file ends here: the newest had all objects
        yield from older.pages(newest)
        yield from older.objects(older_than=newest)
    if len(ends) > REVISIONS:
        yield Unread(where="older revisions", why=Why.LIMIT)
