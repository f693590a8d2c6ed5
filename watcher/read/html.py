"""
Pages: what a visitor sees, what is hidden from him, the tables, and the raw text.

beautifulsoup4 on lxml, the only pair that survives hostile pages (and only up
to 5 MB). Parsing loses data (attributes, scripts, what libxml2
drops), so the decoded page itself is read beside it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget
from watcher.read.stream import Stream
from watcher.read.table import Table
from watcher.read.text import pieces, space, windows

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag

PARSED = 5_000_000  # characters given to the parser

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frame", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table",
    "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
))
# fmt: on
# Letters of one word may differ in these; side by side, all other elements are words of their own.
_LETTERS = frozenset(
    ("b", "big", "em", "font", "i", "mark", "s", "small", "strong", "sub", "sup", "tt", "u", "wbr")
)
_BOXES = frozenset(("button", "canvas", "iframe", "img", "input", "object", "svg", "video"))
_UNSEEN = frozenset(("script", "style"))
_KEPT = frozenset(("pre", "textarea", "listing", "xmp"))
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


def parsed(text: str) -> BeautifulSoup:
    """The tree of a page's first 5 million characters."""
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it suspects a file name or XML in what it is given
        return BeautifulSoup(text[:PARSED], "lxml")


class _Grid:
    """One <table>: the texts of its cells, row by row, and the texts in none of them."""

    def __init__(self, *, hidden: bool) -> None:
        self.hidden = hidden
        self.rows: list[list[list[str]]] = []
        self.outside: list[str] = []

    def cell(self) -> list[str]:
        """A new cell in the last row, to be filled."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append([])
        return self.rows[-1][-1]


@dataclass(slots=True)
class _Open:
    """An element whose children are being walked."""

    children: Iterator[PageElement]
    out: list[str]  # where its text goes
    grid: _Grid | None = None
    hidden: bool = False
    kept: bool = False  # white space counts
    mark: str = ""  # what its ends are in the text
    name: str = ""


class _Walk:
    """
    One pass over a tree, without recursion: text goes to the innermost open cell.

    So each character is kept once, however deep tables are nested.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self.seen: list[str] = []
        self.hidden: list[str] = []
        self.comments: list[str] = []
        self.grids: list[_Grid] = []
        self._closed = ""  # the element that ended last, if nothing has come since
        self._apart = ""  # two elements met: the one that began, if no text has come since
        self._stack = [_Open(iter(soup.contents), self.seen)]
        while self._stack:
            top = self._stack[-1]
            node = next(top.children, None)
            if node is None:
                self._close(top)
            else:
                self._take(top, node)

    def _take(self, top: _Open, node: PageElement) -> None:
        from bs4.element import Comment, NavigableString, PreformattedString, Tag

        if isinstance(node, Tag):
            if node.name not in _UNSEEN:
                self._enter(top, node)
        elif isinstance(node, Comment):
            self.comments += (str(node), "\n")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            text = str(node)
            if not text:
                return
            if (
                self._apart
                and not (self._apart in _LETTERS and text[0].islower())
                and not (text[0].isspace() or (top.out and top.out[-1][-1].isspace()))
            ):
                top.out.append(" ")
            self._apart = self._closed = ""
            top.out.append(text if top.kept else _SPACES.sub(" ", text))

    def _close(self, top: _Open) -> None:
        self._stack.pop()
        self._closed = top.name if not top.mark else ""
        if top.mark:
            top.out.append(top.mark)

    def _enter(self, top: _Open, tag: Tag) -> None:
        hidden = top.hidden or _is_hidden(tag)
        grid = top.grid
        out = self.hidden if hidden and not top.hidden and not grid else top.out
        mark = "\n" if tag.name in _BLOCKS else ""
        if mark:
            out.append(mark)
            self._apart = ""
        elif self._closed or tag.name in _BOXES:
            # `<span>Ann</span><span>Quill</span>` are two words, `<b>Qu</b><i>ill</i>` is one.
            both = self._closed in _LETTERS and tag.name in _LETTERS
            self._apart = tag.name if both else "*"
        self._closed = ""
        if tag.name == "table":
            grid = _Grid(hidden=hidden)
            self.grids.append(grid)
            out = grid.outside
        elif grid and tag.name == "tr":
            grid.rows.append([])
        elif grid and tag.name in ("td", "th"):
            out = grid.cell()
        kept = top.kept or tag.name in _KEPT
        self._stack.append(_Open(iter(tag.contents), out, grid, hidden, kept, mark, tag.name))


def _is_hidden(tag: Tag) -> bool:
    if tag.name == "template" or tag.get("hidden") is not None:
        return True
    if tag.name == "input":
        return str(tag.get("type", "")).lower() == "hidden"
    return bool(_HIDDEN.search(str(tag.get("style") or "")))


def _lines(texts: list[str]) -> str:
    lines = (line.strip() for line in "".join(texts).split("\n"))
    return "\n".join(line for line in lines if line)


def _parts(soup: BeautifulSoup) -> Iterator[Part]:
    walk = _Walk(soup)
    number = 0
    for grid in walk.grids:
        out = walk.hidden if grid.hidden else walk.seen
        out.extend(("\n", *grid.outside))
        rows = [row for row in grid.rows if row]
        if len(rows) < 2:
            # A table of one row is layout.
            out.extend(text for row in rows for cell in row for text in ("\n", *cell))
            continue
        number += 1
        table = Table(f"table {number}", hidden=grid.hidden)
        for at, row in enumerate(rows, start=1):
            yield from table.add(at, [" ".join("".join(cell).split()) for cell in row])
        yield from table.finish()
    yield from windows([_lines(walk.seen)])
    yield from windows([_lines(walk.hidden)], "hidden text", hidden=True)
    yield from windows([_lines(walk.comments)], "comments", hidden=True)


def read(stream: Stream, _: Budget) -> Iterator[Part | Unread]:
    """Tables, then what is seen, what is hidden, and the raw text (an echo as far as it was parsed)."""
    from bs4.exceptions import ParserRejectedMarkup

    texts = pieces(stream)
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > PARSED:
            break
    page = "".join(held)
    end = space(page, PARSED) if size > PARSED else size
    echo = True
    try:
        yield from _parts(parsed(page[:end]))
    except (ParserRejectedMarkup, MemoryError, RecursionError):
        yield Unread(where="", why=Why.LIMIT)
        echo = False
    yield from windows([page[:end]], "raw", echo=echo)
    if size > PARSED:
        yield Unread(where="", why=Why.LIMIT)
        line = page.count("\n", 0, end) + 1
        yield from windows(chain([page[end:]], texts), "raw, beyond what was parsed", first=line)
