"""
XML in text: an element whose children, or whose attributes, are the fields of a record.

`<person><surname>…</surname>…</person>`, whole or cut out of something, and
`<officer surname="…" rank="…"/>`. Pages (HTML) are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from matchers.people.forms.found import Builder, Found, Path, Source
from matchers.people.forms.lines import MOST
from matchers.people.forms.worth import fields_of, says_who

DEPTH = 64  # elements inside elements that are followed
FIELDS = 200  # of one record
NEAR = 200  # characters from an element's name to its first value
LOOKED = 1000  # different names that are asked about

_NAME = r"[A-Za-z_][\w.-]{0,60}"
_TAG = re.compile(
    rf"<(/?)(?:{_NAME}:)?({_NAME})((?:\s[^<>]{{0,4000}})?)>|<!\[CDATA\[((?:(?!<!\[CDATA\[).){{0,4000}}?)\]\]>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"(?:{_NAME}:)?({_NAME})\s?=\s?(?:\"([^\"]*)\"|'([^']*)')")
_QUOTED = re.compile("=[\"']")
_CLOSES = re.compile(rf"</(?:{_NAME}:)?({_NAME})>")
_SAYS = re.compile(rf"<(?:{_NAME}:)?({_NAME})\s([^<>]{{3,4000}})>")
_SIGNS = frozenset({b"</", b'="', b"='"})
# Elements of pages.
_PAGE = frozenset({"td", "p", "div", "span", "a", "li", "html", "body"})


class Group(NamedTuple):
    """What an element inside another held, and where."""

    start: int
    end: int
    fields: dict[Path, str]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"  # what it holds is shown nowhere


class _Element:
    """
    An element that is open. `groups`: what the elements inside it hold, each
    name once; where a name comes again they are records of a list.
    """

    __slots__ = ("at", "children", "fields", "groups", "lists", "name", "raw", "start")

    def __init__(self, name: str, start: int, at: int) -> None:
        self.name = name
        self.start = start
        self.at = at  # where its own text begins
        self.raw: str | None = None
        self.fields: dict[Path, str] = {}
        self.groups: dict[str, Group] = {}
        self.lists = False
        self.children = False

    def put(self, path: Path, value: str) -> None:
        if path in self.fields:
            self.fields[path] = f"{self.fields[path]} ; {value}"
        elif len(self.fields) < FIELDS:
            self.fields[path] = value


def find(source: Source) -> Iterator[Found]:
    """Tables of the elements that are records."""
    if source.marks.isdisjoint(_SIGNS) or not _names_say_who(source.text):
        return
    builder = Builder()
    text = source.text
    opened = [_Element("", 0, 0)]
    for tag in _TAG.finditer(text):
        name, said = tag[2], tag[3]
        if name is None:
            opened[-1].raw = tag[4]
            continue
        if not tag[1]:
            element = _Element(name, tag.start(), tag.end())
            if "=" in said:
                for key, one, two in _ATTRIBUTE.findall(said):
                    element.put((key,), _plain(one or two))
            opened[-1].children = True
            opened.append(element)
            if len(opened) > DEPTH:
                del opened[1 : DEPTH // 2]
        if tag[1] or said.endswith("/"):
            _close(builder, opened, name, text, tag)
    while len(opened) > 1:  # cut off at the end, or a fragment
        element = opened.pop()
        if element.start < source.whole:
            _end(builder, element, opened[-1], len(text))
    _flush(builder, opened[0])
    yield from builder.found()


def _names_say_who(text: str) -> bool:
    names: set[str] = set()
    at = text.find("</")
    while at >= 0 and len(names) <= LOOKED:
        closes = _CLOSES.match(text, at)
        if closes:
            if closes[1].lower() in _PAGE:
                return False
            names.add(closes[1])
        at = text.find("</", at + 2)
    at = 0
    for _ in range(MOST):
        quoted = _QUOTED.search(text, at)
        if quoted is None or len(names) > 2 * LOOKED:
            break
        start = text.rfind("<", max(quoted.start() - NEAR, 0), quoted.start())
        said = _SAYS.match(text, start) if start >= 0 else None
        if said:
            names.add(said[1])
            names.update(key for key, _, _ in _ATTRIBUTE.findall(said[2]))
        at = said.end() if said else quoted.end()
    return says_who(fields_of((name,) for name in names))


def _close(
    builder: Builder, opened: list[_Element], name: str, text: str, tag: re.Match[str]
) -> None:
    """End the innermost element of this name; what is open inside it was never closed."""
    for index in range(len(opened) - 1, max(0, len(opened) - 5), -1):
        if opened[index].name == name:
            break
    else:
        return
    for lost in opened[index + 1 :]:
        _flush(builder, lost)
    element = opened[index]
    del opened[index:]
    if tag[1] and not element.children:
        own = element.raw if element.raw is not None else text[element.at : tag.start()]
        if own := _plain(own):
            element.put((), own)
    _end(builder, element, opened[-1], tag.end())


def _end(builder: Builder, element: _Element, above: _Element, end: int) -> None:
    """What an element held becomes a field, a group or a record of the one around it."""
    fields, groups = element.fields, element.groups
    if groups and (fields or len(groups) > 1):
        for name, (_, _, inner) in groups.items():
            for path, value in inner.items():
                element.put((name, *path), value)
        groups.clear()
    if groups:
        _flush(builder, element)
    if not fields:
        return
    if len(fields) == 1 and (not element.children or () in fields):
        for path, value in fields.items():
            above.put((element.name, *path), value)
        return
    if () in fields:
        fields[(element.name,)] = fields.pop(())
    if element.name in above.groups or above.lists or not above.name:
        above.lists = True
        _flush(builder, above)
        builder.add(element.start, end, fields)
    else:
        above.groups[element.name] = Group(element.start, end, fields)


def _flush(builder: Builder, element: _Element) -> None:
    for start, end, fields in element.groups.values():
        builder.add(start, end, fields)
    element.groups.clear()


def _plain(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    return text.strip() if "\n" not in text else " ".join(text.split())
