"""
What a PDF holds beside the text of its pages: every object looked at, referred to or not.

One walk over the table of objects finds what trees and names may hide, and
no tree can lead it astray: form fields, bookmarks, scripts, attachments,
alternative texts, metadata, pages and drawings that nothing shows
(ISO 32000-2, 7.3 and 12).
"""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.sniff import Kind, kind
from watcher.read.stream import HEAD, Item, Member, Stream
from watcher.read.sweep import texts
from watcher.read.text import Windows

if TYPE_CHECKING:
    from pypdf import PdfReader

_LARGEST = 75_000_000  # bytes of one stream, decoded: the library's own limit
OBJECTS = 100_000  # looked at one by one
_STRINGS = 10_000  # of one object
_LETTER = re.compile(r"\w")
# No person's words: glyphs, tables, signatures' certificates.
_DULL = frozenset(
    ("/Font", "/FontDescriptor", "/XRef", "/ObjStm", "/Encoding", "/CMap", "/Halftone")
)
_DULL_KEYS = frozenset(("/ID", "/CharSet", "/Cert", "/DA", "/DS", "/Registry", "/Ordering", "/Lang",
    "/M", "/CreationDate", "/ModDate", "/NM", "/Panose", "/ByteRange", "/CheckSum"))  # fmt: skip
_HEADER = re.compile(rb"\s{0,16}(\d{1,10})\s{1,16}(\d{1,10})\s{1,16}obj")
_SHOWN = re.compile(rb"\bBT\b.{0,1000}?T[jJ]", re.DOTALL)

# Where the texts of an object go, and whether a reader would not see them.
BOOKMARKS, FIELDS, SCRIPTS, OTHER = "bookmarks", "form fields", "scripts", "other strings"
ATTACHED, ABOUT = "names of attachments", "properties"
_VISIBLE = (BOOKMARKS, FIELDS, ATTACHED)


def strings(value: Any) -> list[str]:
    """The texts inside an object, its own and those of what stands in it directly."""
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, TextStringObject

    found: list[str] = []
    held: list[Any] = [value]
    while held and len(found) < _STRINGS:
        each = held.pop()
        if isinstance(each, DictionaryObject):
            held.extend(part for key, part in reversed(each.items()) if key not in _DULL_KEYS)
        elif isinstance(each, ArrayObject):
            held.extend(reversed(each))
        elif isinstance(each, TextStringObject):
            text = " ".join(str(each).split())
            if _LETTER.search(text):
                found.append(text)
        elif isinstance(each, ByteStringObject) and bytes(each).isascii():
            found.append(" ".join(bytes(each).decode("ascii").split()))
    return [each for each in found if each]


def data(stream: Any, budget: Budget, *, most: int = _LARGEST) -> bytes:
    """A stream object's bytes, decoded, at most so many. Raises Trouble."""
    from pypdf import apply_configuration

    try:
        with apply_configuration(
            zlib_maximum_output_length=most,
            lzw_maximum_output_length=most,
            run_length_maximum_output_length=most,
        ):
            body: bytes = stream.get_data()
        if hasattr(stream, "decoded_self"):
            stream.decoded_self = None  # or every stream that was looked at stays in memory
    except (MemoryError, RecursionError):
        raise
    except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
        limit = type(problem).__name__ == "LimitReachedError"
        raise Trouble(Why.LIMIT if limit else Why.UNSUPPORTED) from None
    budget.spend(len(body))
    return body


class Objects:
    """
    The walk. `known`: numbers of objects whose text was given by their pages;
    `drawn`: those that were looked at while pages were read.
    """

    def __init__(
        self, reader: PdfReader, body: bytes, budget: Budget, *, known: set[int], drawn: set[int]
    ) -> None:
        self._reader = reader
        self._body = body
        self._budget = budget
        self._known = known
        self._drawn = drawn
        self._out: dict[str, Windows] = {}
        self._specs: list[Any] = []
        self._files: dict[int, Any] = {}
        self._info = getattr(reader.trailer.get("/Info", None), "indirect_reference", None)
        self.pages: list[tuple[int, Any]] = []
        self.forms: list[tuple[int, Any]] = []
        self.torn = False

    def walk(self, chosen: Iterable[tuple[int, int]]) -> Iterator[Item]:
        """The texts and files in these objects, by number and generation."""
        for at, (number, generation) in enumerate(chosen):
            if at >= OBJECTS:
                yield Unread(where="objects", why=Why.LIMIT)
                break
            found = self._object(number, generation)
            if found is not None:
                yield from self._look(number, found)
        for each in self._out.values():
            yield from each.finish()
        if self.torn:
            yield Unread(where="objects", why=Why.BROKEN)
        yield from self._attachments()

    def _object(self, number: int, generation: int) -> Any:
        from pypdf.generic import IndirectObject

        if number not in self._reader.xref_objStm:
            # Where an object is not at its place the library searches all of the file for it.
            offset = self._reader.xref.get(generation, {}).get(number, -1)
            header = _HEADER.match(self._body, offset) if offset >= 0 else None
            if not header or int(header[1]) != number:
                self.torn = self.torn or (offset > 0 and number not in self._known)
                return None
        try:
            return self._reader.get_object(IndirectObject(number, generation, self._reader))
        except (MemoryError, Trouble):
            raise
        except Exception:  # noqa: BLE001  # damaged files raise anything there is
            self.torn = True
            return None

    def _say(self, where: str, said: list[str]) -> Iterator[Part]:
        if not said:
            return
        if where not in self._out:
            hidden = where not in _VISIBLE
            self._out[where] = Windows(where, hidden=hidden, echo=where == ABOUT)
        line = "\t".join(said) + "\n"
        self._budget.spend(len(line))
        yield from self._out[where].feed(line)

    def _look(self, number: int, found: Any) -> Iterator[Item]:
        from pypdf.generic import DictionaryObject, StreamObject

        if not isinstance(found, DictionaryObject):
            if number not in self._known:
                yield from self._say(OTHER, strings(found))
            return
        kind = found.get("/Type")
        if isinstance(found, StreamObject) and (yield from self._stream(number, kind, found)):
            return
        if kind == "/Page":
            if number not in self._known:
                self.pages.append((number, found))
            return
        if kind in _DULL or number in self._known:
            return
        if isinstance(found.get("/EF"), DictionaryObject) or kind == "/Filespec":
            self._specs.append(found)
            yield from self._say(ATTACHED, strings(found))
        elif "/JS" in found:
            yield from self._script(found)
        elif self._info is not None and number == self._info.idnum:
            yield from self._say(ABOUT, strings(found))
        elif "/Title" in found and "/Parent" in found:
            yield from self._say(BOOKMARKS, strings(found))
        elif "/FT" in found or ("/T" in found and "/V" in found):
            yield from self._say(FIELDS, strings(found))
        else:
            yield from self._say(OTHER, strings(found))

    def _script(self, found: Any) -> Iterator[Item]:
        script = found["/JS"]
        try:
            said = (
                script if isinstance(script, str) else data(script, self._budget).decode("latin-1")
            )
        except (Trouble, AttributeError):
            self.torn = True
            return
        for line in said.splitlines():
            yield from self._say(SCRIPTS, [line])

    def _stream(self, number: int, kind: Any, found: Any) -> Generator[Item, None, bool]:
        """True where nothing is left to be said of it."""
        if kind == "/EmbeddedFile":
            self._files[number] = found
            return True
        if kind == "/Metadata":
            whys: list[Why] = []
            try:
                body = data(found, self._budget)
            except Trouble as trouble:
                whys.append(trouble.why)
                body = b""
            for text in texts(Stream(io.BytesIO(body).read), failed=whys.append) if body else ():
                for line in text.splitlines():
                    yield from self._say(ABOUT, [line])
            self.torn |= bool(whys)
            return True
        subtype = found.get("/Subtype")
        if subtype == "/Image":
            yield from self._picture(number, found)
        unseen = number not in self._drawn
        if unseen and (subtype == "/Form" or (subtype is None and kind is None)):
            self.forms.append((number, found))
        return subtype != "/Form" and kind in _DULL

    def _picture(self, number: int, found: Any) -> Iterator[Item]:
        """Bytes that are said to be a picture, stored as they are, and are something else."""
        body = getattr(found, "_data", b"")
        how = found.get("/Filter")
        how = how[-1] if isinstance(how, list) and len(how) == 1 else how
        if how not in (None, "/DCTDecode", "/JPXDecode") or not isinstance(body, bytes):
            return
        if kind(body[:HEAD]) is not Kind.IMAGE and is_document(body):
            self._budget.member()
            name = f"no picture (object {number})"
            yield Member(name=name, stream=Stream(io.BytesIO(body).read))

    def _attachments(self) -> Iterator[Item]:
        for spec in self._specs:
            files = spec.get("/EF")
            files = files.values() if files is not None else ()
            for each in dict.fromkeys(id(found.get_object()) for found in files):
                found = next(f.get_object() for f in files if id(f.get_object()) == each)
                reference = getattr(found, "indirect_reference", None)
                self._files.pop(getattr(reference, "idnum", -1), None)
                name = str(spec.get("/UF") or spec.get("/F") or "")
                yield from self._member(label(name), found)
        for number, found in self._files.items():
            yield from self._member(f"attachment without name (object {number})", found)

    def _member(self, name: str, found: Any) -> Iterator[Item]:
        try:
            self._budget.member()
            body = data(found, self._budget)
        except Trouble as trouble:
            yield Unread(where=name, why=trouble.why)
            return
        except AttributeError:
            yield Unread(where=name, why=Why.BROKEN)
            return
        yield Member(name=name, stream=Stream(io.BytesIO(body).read))


def is_document(body: bytes) -> bool:
    """Whether a stream that draws nothing is a document: no font's tables or program, no bytes of no kind."""
    if body.startswith((b"%!PS-AdobeFont", b"%!FontType")) or b"begincmap" in body[:HEAD]:
        return False
    return kind(body[:HEAD], complete=len(body) <= HEAD) not in (Kind.EMPTY, Kind.UNKNOWN)


def is_drawing(body: bytes) -> bool:
    """Whether bytes look like a page's operators that show text."""
    return bool(_SHOWN.search(body))
