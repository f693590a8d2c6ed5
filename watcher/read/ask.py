"""
Questions that a source asks of one body: its text, elements, matches, entries, a value.

Runs in a worker; answers are JSON. What cannot be answered is Refused, with a
reason from a closed list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from watcher.model import Why
from watcher.read import feed
from watcher.read.budget import Budget, Trouble
from watcher.read.encoding import undone
from watcher.read.pick import attributes, opened, picked, selected
from watcher.read.refusal import Refused
from watcher.read.stream import Stream
from watcher.read.text import pieces


def answer(
    op: str, argument: str, *, url: str, stream: Stream, encoding: str, budget: Budget
) -> Any:
    """What the body says to this operation. Raises Refused."""
    if op not in OPERATIONS:
        raise Refused("operation")
    try:
        stream = undone(stream, encoding, budget)
        text = "".join(pieces(stream))
    except Trouble:
        raise Refused("encoding") from None
    if stream.trouble not in (None, Why.UNSUPPORTED):
        # A page with some bytes in it that are no text is a page all the same.
        raise Refused("encoding")
    try:
        return OPERATIONS[op](text, argument, url)
    except (MemoryError, RecursionError):
        raise Refused("limit") from None


def _text(text: str, _: str, __: str) -> str:
    return text


def _select(text: str, css: str, url: str) -> list[list[Any]]:
    """For each element its text, white space evened, and its attributes."""
    soup, base = opened(text, url)
    return [
        [" ".join(each.get_text().split()), attributes(each, base)] for each in selected(soup, css)
    ]


def _find(text: str, pattern: str, _: str) -> list[str]:
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError):
        raise Refused("pattern") from None
    group = 1 if compiled.groups else 0
    return [found[group] or "" for found in compiled.finditer(text)]


def _entries(text: str, _: str, url: str) -> dict[str, Any]:
    found, fresh = feed.read(text, url)
    return {"entries": found, "fresh": fresh}


def _search(text: str, path: str, _: str) -> Any:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        value = json.loads(text)
    except ValueError:
        raise Refused("json") from None
    try:
        return jmespath.search(path, value)
    except (JMESPathError, TypeError, ValueError):
        raise Refused("path") from None


OPERATIONS: dict[str, Callable[[str, str, str], Any]] = {
    "text": _text,
    "select": _select,
    "pick": picked,
    "find": _find,
    "entries": _entries,
    "search": _search,
}
