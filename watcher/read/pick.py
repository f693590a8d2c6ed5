"""
Elements of one page: those that a selector picks, their attributes, and what is inside them.

A page of posts says for each of them what it is, where and when; `picked`
takes them apart without taking one's words for another's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from watcher.read import feed
from watcher.read.html import parsed
from watcher.read.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4.element import Tag

_ATTRIBUTE = re.compile(r"(?P<css>.*)@(?P<name>[A-Za-z][\w-]*)", re.DOTALL)
_ADDRESSES = ("href", "src")


def opened(text: str, url: str) -> tuple[Tag, str]:
    """A page's tree, and the address that its links are relative to. Raises Refused."""
    from bs4.exceptions import ParserRejectedMarkup

    try:
        soup = parsed(text)
    except ParserRejectedMarkup:
        raise Refused("page") from None
    first = soup.find("base", href=True)
    return soup, feed.absolute(url, str(first["href"])) if first else url


def selected(inside: Tag, css: str) -> list[Tag]:
    """The elements in this one that a selector picks, in document order. Raises Refused."""
    from soupsieve import SelectorSyntaxError

    try:
        return list(inside.select(css))
    except (SelectorSyntaxError, ValueError, NotImplementedError):
        raise Refused("css") from None


def attributes(tag: Tag, base: str) -> dict[str, str]:
    """An element's attributes; `href` and `src` absolute."""
    found = {
        name: value if isinstance(value, str) else " ".join(value)
        for name, value in tag.attrs.items()
    }
    for name in _ADDRESSES:
        if name in found:
            found[name] = feed.absolute(base, found[name])
    return found


def picked(text: str, question: str, url: str) -> list[dict[str, str]]:
    """See `watcher.api.Answer.pick`; `question` is its arguments as JSON. Raises Refused."""
    asked = json.loads(question)
    soup, base = opened(text, url)
    return [
        _fields(item, asked["fields"], asked["without"], base)
        for item in selected(soup, asked["item"])
    ]


def _fields(item: Tag, fields: Mapping[str, str], without: str, base: str) -> dict[str, str]:
    for unwanted in selected(item, without) if without else ():
        unwanted.extract()
    return {name: _field(item, wanted, base) for name, wanted in fields.items()}


def _field(item: Tag, wanted: str, base: str) -> str:
    named = _ATTRIBUTE.fullmatch(wanted)
    if named is None:
        return "\n".join(map(str, _outermost(selected(item, wanted)))) if wanted else ""
    first = selected(item, named["css"])[:1] if named["css"].strip() else [item]
    return next((attributes(tag, base).get(named["name"], "") for tag in first), "")


def _outermost(found: list[Tag]) -> list[Tag]:
    """Those that are in no other one: what is inside is there already."""
    taken: set[int] = set()
    outer = []
    for tag in found:
        if not any(id(above) in taken for above in tag.parents):
            taken.add(id(tag))
            outer.append(tag)
    return outer
