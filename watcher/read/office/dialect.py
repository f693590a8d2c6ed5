"""
What the elements of a written document's XML are to a reader of prose.

Channels are where texts go: what is seen has no name, the others stand apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SEEN = ""
HIDDEN = "hidden text"
DELETED = "deleted text"
COMMENTS = "comments"
INSTEAD = "alternative texts"
CODES = "field codes"
NOTES = "notes"
SHOWN = (SEEN, INSTEAD)

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """
    What the elements of a format are, by their local names.

    `texts`: elements whose characters count, None for all in a paragraph.
    `breaks`: what stands for an element's place, if its parent is one of `in_text`.
    `channel`: where the text inside an element goes, None for where it went before.
    `said`: texts that an element carries in its attributes. `repeated`: how
    often a cell stands. `skipped`: elements left out with all they hold.
    """

    paragraphs: frozenset[str]
    tables: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    texts: frozenset[str] | None
    breaks: dict[str, str]
    in_text: frozenset[str]
    skipped: frozenset[str]
    channel: Callable[[list[str], str, Attributes], str | None]
    said: Callable[[str, Attributes], list[str]]
    spread: Callable[[str, Attributes], int]


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]
