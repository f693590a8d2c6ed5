"""
Office packages (OOXML, OpenDocument) swept as XML: the text and attributes of every member.

Spreadsheet libraries see 8 of 19 places in which a workbook can hide a name;
this sees them all: comments, pivot caches, external links, defined names,
document properties, validation lists, headers. Runs of one paragraph are
joined, because a name may be split over them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pyexpat import ExpatError
from typing import Any
from xml.parsers import expat

from watcher.model import Part, Unread, Why
from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.stream import Stream
from watcher.read.text import windows

_XML = re.compile(r"\.(?:xml|rels|vml|opf|rdf)\Z", re.IGNORECASE)
# Nothing of a person's: printers, the order of calculation, types, colours and fonts.
_NOTHING = re.compile(
    r"/?(?:\[Content_Types\]\.xml|xl/calcChain\.xml|(?:xl|word|ppt)/theme/.*|xl/styles\.xml"
    r"|.*/printerSettings\d*\.bin)",
    re.IGNORECASE,
)
# What these hold may be nowhere else, and nobody sees it who opens the document.
_HIDDEN = re.compile(
    r"xl/(?:pivotCache/|externalLinks/|comments|threadedComments|persons/|queryTables/|customData"
    r"|model/)|docProps/|customXml/|word/comments",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"xl/(?:pivotCache|externalLinks)/|customXml/", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
# Attributes that say where, not what: a range's end has the look of a number.
_PLACES = frozenset(
    ("ref", "sqref", "r", "activeCell", "topLeftCell", "spans", "id", "Id", "state", "Type", "type")
)
_SCHEMA = re.compile(r"(?:https?://(?:schemas|www\.w3|purl)\b|urn:)")
# Ends of these elements separate nothing: they are parts of a paragraph.
_RUNS = frozenset(
    ("r", "t", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "span", "a", "hyperlink")
)
_CELLS = frozenset(("cell", "c", "tc", "table-cell", "v"))
# Headers and footers of a sheet, with codes between what somebody wrote: `&L&"Arial,Bold"&8PC 1234`
# (ECMA-376-1, 18.3.1.39).
_HEADED = frozenset(
    f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer")
)
_CODES = re.compile(r'&(?:"[^"]{0,200}"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])')
# Elements whose ends of lines are what somebody wrote, as in a note: no layout of the file.
_LINES = frozenset(("t", "text"))
# The cells of other books that a link has seen: where each stood would stand between its rows.
_LINKED = re.compile(r"xl/externalLinks/", re.IGNORECASE)
_LINKED_CELLS = frozenset(("sheetData", "row", "cell"))
DEPTH = 100_000  # elements in each other: a parser holds them all


def is_xml(name: str) -> bool:
    """Whether a member is XML, by its name: the packages' own rule."""
    return bool(_XML.search(name))


def is_nothing(name: str) -> bool:
    """Whether a member holds nothing that a person wrote."""
    return bool(_NOTHING.fullmatch(name))


def parser() -> Any:
    """An expat parser that refuses entity declarations, and with them every expansion bomb."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.EntityDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise Trouble(Why.LIMIT)


def parsed(stream: Stream, made: Any) -> Iterator[None]:
    """
    Feed an XML member to a parser. Yields after each chunk, the torn one as well.

    Then raises Trouble, where the member is no XML to its end.
    """
    why: Why | None = None
    depth = 0
    for chunk in stream.chunks():
        depth += _opened(chunk)
        why = Why.LIMIT if depth > DEPTH else _fed(made, chunk, last=False)
        yield
        if why:
            break
    why = why or stream.trouble or _fed(made, b"", last=True)
    if why:
        raise Trouble(why)


def _opened(chunk: bytes) -> int:
    """About how many elements a piece of XML opens and does not close; of UTF-16 nothing is said."""
    if b"\0" in chunk:
        return 0
    return chunk.count(b"<") - 2 * chunk.count(b"</") - sum(map(chunk.count, (b"/>", b"<!", b"<?")))


def _fed(made: Any, chunk: bytes, *, last: bool) -> Why | None:
    try:
        made.Parse(chunk, last)
    except Trouble as trouble:
        return trouble.why
    except (ExpatError, ValueError, LookupError):
        return Why.BROKEN
    except MemoryError:
        return Why.LIMIT
    return None


class _Texts:
    """Collects text as the parser meets it."""

    def __init__(self, made: Any, *, numbers: bool, linked: bool, skip: frozenset[str]) -> None:
        self._numbers = numbers
        self._placed = _LINKED_CELLS if linked else frozenset()
        self._skip = skip
        self._lines = False
        self._away = 0
        self._out: list[str] = []
        self._text: list[str] = []
        self._attributes: list[str] = []
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data
        # Nobody sees them, and they may be as long as the rest.
        made.CommentHandler = self._aside
        made.ProcessingInstructionHandler = lambda _, said: self._aside(said)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if self._away or local in self._skip:
            self._away += 1
            return
        self._lines = local in _LINES
        for key, value in attributes.items():
            if key.startswith("xmlns") or _SCHEMA.match(value):
                continue
            if local in self._placed and key in ("r", "t", "sheetId"):
                continue
            if self._numbers or (key.rpartition(":")[2] not in _PLACES and _LETTER.search(value)):
                self._attributes.append(value)

    def _end(self, name: str) -> None:
        if self._away:
            self._away -= 1
            return
        self._lines = False
        local = name.rpartition(":")[2]
        if local in _RUNS:
            return
        if local in _HEADED:
            self._text = [_CODES.sub(" ", "".join(self._text))]
        if local in _CELLS:
            if self._text:
                self._text.append("\t")
            return
        self.flush()

    def _data(self, data: str) -> None:
        if not self._away:
            self._text.append(data if self._lines else data.replace("\n", " "))

    def _aside(self, said: str) -> None:
        if not self._away and _LETTER.search(said):
            self._attributes.append(said)

    def flush(self) -> None:
        text = "".join(self._text).strip()
        self._out.extend(line + "\n" for line in (text, *self._attributes) if line)
        self._text.clear()
        self._attributes.clear()

    def taken(self) -> str:
        out = "".join(self._out)
        self._out.clear()
        return out


def texts(
    stream: Stream,
    *,
    numbers: bool = False,
    linked: bool = False,
    skip: frozenset[str] = frozenset(),
    failed: Callable[[Why], None],
) -> Iterator[str]:
    """
    The text and attribute values of an XML file, a line for each paragraph.

    `numbers`: attributes without any letter as well. `linked`: it holds cells of another
    workbook, which become a line for each row. `skip`: elements left out with all they
    hold. `failed` is told why the file ended early.
    """
    made = parser()
    collected = _Texts(made, numbers=numbers, linked=linked, skip=skip)
    try:
        for _ in parsed(stream, made):
            if text := collected.taken():
                yield text
    except Trouble as trouble:
        failed(trouble.why)
    collected.flush()
    yield collected.taken()


def swept(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    budget: Budget,
    *,
    skip: frozenset[str] = frozenset(),
    echo: bool = False,
    cut: Callable[[Stream], Stream] | None = None,
) -> Iterator[Part | Unread]:
    """
    One XML member as text. What could not be read of it is an Unread.

    `cut` takes out of its bytes what is read elsewhere, quicker than `skip` does.
    """
    name = info.filename
    where = label(name)
    stream = content(archive, info, budget)
    if cut:
        stream = cut(stream)
    whys: list[Why] = []
    yield from windows(
        texts(
            stream,
            numbers=bool(_NUMBERS.match(name)),
            linked=bool(_LINKED.match(name)),
            skip=skip,
            failed=whys.append,
        ),
        where,
        hidden=bool(_HIDDEN.match(name)),
        echo=echo,
    )
    yield from (Unread(where=where, why=why) for why in whys)
