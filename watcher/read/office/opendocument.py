"""
OpenDocument texts, slides and drawings (ISO/IEC 26300-1): `content.xml` in its order.

Deleted text of tracked changes, comments, speaker's notes and text whose
style hides it are hidden. The rest of the package, headers and footers among
it, is swept.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from watcher.model import Unread, Why
from watcher.read.archives.archive import content, opened
from watcher.read.budget import Budget, Trouble
from watcher.read.office import package
from watcher.read.office.dialect import (
    COMMENTS,
    DELETED,
    HIDDEN,
    NOTES,
    Attributes,
    Dialect,
    local,
)
from watcher.read.office.prose import Prose, told
from watcher.read.stream import Item, Stream
from watcher.read.sweep import parsed, parser

_CHANNELS = {
    "deletion": DELETED,
    "annotation": COMMENTS,
    "notes": NOTES,
    "hidden-text": HIDDEN,
    "hidden-paragraph": HIDDEN,
    "script": HIDDEN,
}
# Properties of a style by which it hides, and their values.
_VEILS = {
    "text-properties": ("display", "none"),
    "drawing-page-properties": ("visibility", "hidden"),
}
_MANIFEST = "META-INF/manifest.xml"
_CONTENT = "content.xml"
_SPACES = 1024


def _value(attributes: Attributes, wanted: str) -> str:
    return next((each for key, each in attributes.items() if local(key) == wanted), "")


def _number(attributes: Attributes, wanted: str, most: int) -> int:
    value = _value(attributes, wanted)
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1


class _Veil:
    """The styles of a document that hide what is written in them, or the slide that has them."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        step = local(name)
        if step == "style":
            self._style = _value(attributes, "name")
        elif step in _VEILS and _value(attributes, _VEILS[step][0]) == _VEILS[step][1]:
            self.names.add(self._style)

    def channel(self, _: list[str], name: str, attributes: Attributes) -> str | None:
        """Where the text in an element goes."""
        styled = self.names and name in ("span", "p", "h", "page")
        if styled and _value(attributes, "style-name") in self.names:
            return HIDDEN
        return _CHANNELS.get(name)


def _said(name: str, attributes: Attributes) -> list[str]:
    if name not in ("hidden-text", "conditional-text", "placeholder", "user-field-decl"):
        return []
    wanted = ("string-value", "string-value-if-true", "string-value-if-false", "description")
    return [each for key, each in attributes.items() if local(key) in wanted and each.strip()]


def _spread(name: str, attributes: Attributes) -> int:
    if name not in ("table-cell", "covered-table-cell"):
        return 1
    return _number(attributes, "number-columns-repeated", 1 << 14)


def _dialect(veil: _Veil) -> Dialect:
    return Dialect(
        paragraphs=frozenset(("p", "h", "title", "desc")),
        tables=frozenset(("table",)),
        rows=frozenset(("table-row",)),
        cells=frozenset(("table-cell", "covered-table-cell")),
        texts=None,
        breaks={"tab": "\t", "line-break": "\n", "s": " "},
        in_text=frozenset(("p", "h", "span", "a", "ruby-base", "meta", "meta-field")),
        skipped=frozenset(),
        channel=veil.channel,
        said=_said,
        spread=_spread,
    )


class _Pages:
    """Gives every slide or page of a drawing its own place."""

    def __init__(self, made: Any, prose: Prose) -> None:
        self._start = made.StartElementHandler
        self._prose = prose
        self._number = 0
        made.StartElementHandler = self._begin

    def _begin(self, name: str, attributes: Attributes) -> None:
        if name.endswith("draw:page") or name == "page":
            self._number += 1
            self._prose.turn(f"slide {self._number}")
        self._start(name, attributes)


def encrypted(archive: zipfile.ZipFile, budget: Budget) -> bool:
    """Whether the manifest says so (part 2, 4.8): the members are then no XML any more."""
    if _MANIFEST not in archive.NameToInfo:
        return False
    stream = content(archive, archive.getinfo(_MANIFEST), budget)
    return any(b"encryption-data" in each for each in _overlapping(stream))


def _overlapping(stream: Stream) -> Iterator[bytes]:
    last = b""
    for chunk in stream.chunks():
        yield last + chunk
        last = chunk[-32:]


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The content in its order, then the rest of the package."""
    with opened(stream, budget) as archive:
        if encrypted(archive, budget):
            yield Unread(where="", why=Why.ENCRYPTED)
            return
        given: set[int] = set()
        veil = _Veil()
        for name in ("styles.xml", _CONTENT):
            if name in archive.NameToInfo:
                made = parser()
                made.StartElementHandler = veil.start
                try:
                    for _ in parsed(content(archive, archive.getinfo(name), budget), made):
                        pass
                except Trouble:
                    pass  # it is read or swept below, and says there what is wrong with it
        info = archive.NameToInfo.get(_CONTENT)
        if info is None:
            yield Unread(where="", why=Why.BROKEN)
        else:
            budget.member()
            given.add(info.header_offset)
            made = parser()
            prose = Prose(made, _dialect(veil))
            _Pages(made, prose)
            yield from told(content(archive, info, budget), made, prose, budget)
        yield from package.rest(archive, budget, given=given)
