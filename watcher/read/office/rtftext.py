"""
The text of an RTF document as its reader meets it: paragraphs by channel, tables, rows of tables in tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.read.budget import Budget
from watcher.read.office.rtfwords import SEEN, VISIBLE
from watcher.read.stream import Item
from watcher.read.table import COLUMNS, Table
from watcher.read.text import Windows

_WIDE = 1 << 20  # characters of a paragraph or a row that are held
_PIECES = 1 << 14


@dataclass(slots=True)
class _Open:
    """A paragraph on its way, by channel; bytes wait for those that belong to them."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0

    def add(self, channel: str, text: str) -> None:
        """More text of a channel; letters that come one by one are joined now and then."""
        pieces = self.texts.setdefault(channel, [])
        pieces.append(text)
        self.size += len(text)
        if len(pieces) >= _PIECES:
            pieces[:] = ["".join(pieces)]

    def taken(self) -> dict[str, str]:
        """What there is, pairs of surrogates joined."""
        return {channel: self.one(channel) for channel in list(self.texts)}

    def one(self, channel: str) -> str:
        """What a channel has."""
        text = "".join(self.texts.pop(channel, ()))
        self.size -= len(text)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Text:
    """
    Takes what is said. Full Parts are in `out`. `inside`: a table is open.

    A paragraph or a row beyond what is held ends the table: the rest is lines.
    """

    def __init__(self, budget: Budget) -> None:
        self.out: list[Item] = []
        self.inside = False
        self._budget = budget
        self._text = _Open()
        self._cells: list[dict[str, str]] = []
        self._held = 0  # characters in them
        self._inner: list[str] = []
        self._table: Table | None = None
        self._row = 0
        self._tables = 0
        self._windows: dict[str, Windows] = {}

    def say(self, channel: str, text: str) -> None:
        """More text of a channel."""
        self._text.add(channel, text)
        if self._text.size > _WIDE:
            self.paragraph(None)

    def ended(self, channel: str) -> None:
        """A paragraph ends here: of this channel, or in a cell."""
        if self.inside and channel == SEEN:
            self.say(channel, " ")
            return
        self.paragraph(channel)

    def paragraph(self, channel: str | None) -> None:
        """What was said since the last one. A note amid a paragraph leaves that paragraph open."""
        if channel is None or channel == SEEN:
            if channel == SEEN and self.inside:
                return
            self._end_table()
            found = self._text.taken()
        else:
            found = {channel: self._text.one(channel)}
        for name, text in found.items():
            for line in text.split("\n"):
                self._line(name, line)

    def _line(self, channel: str, text: str) -> None:
        text = text.strip(" \r\0")
        if not text.strip():
            return
        self._budget.spend(len(text))
        if channel not in self._windows:
            about = channel == "properties"
            self._windows[channel] = Windows(channel, hidden=channel not in VISIBLE, echo=about)
        self.out.extend(self._windows[channel].feed(text + "\n"))

    def tabled(self, word: str) -> None:
        """The end of a cell or a row, of a table or of one in it."""
        if word == "cell":
            if len(self._cells) >= COLUMNS or self._held > _WIDE:
                self._end_table()
            self._held += self._text.size
            self._cells.append(self._text.taken())
        elif word == "nestcell":
            if len(self._inner) >= COLUMNS:
                self.tabled("nestrow")
            self._inner.append(" ".join(self._text.taken().get(SEEN, "").split()))
        elif word == "nestrow":
            self._line(SEEN, "\t".join(self._inner))
            self._inner.clear()
        elif self._cells:
            if self._table is None:
                self._tables += 1
                self._table, self._row = Table(f"table {self._tables}"), 0
            self._row += 1
            cells = [" ".join(each.pop(SEEN, "").split()) for each in self._cells]
            self._budget.spend(sum(map(len, cells)))
            self.out.extend(self._table.add(self._row, cells))
            for channel in dict.fromkeys(each for cell in self._cells for each in cell):
                said = (" ".join(cell.get(channel, "").split()) for cell in self._cells)
                self._line(channel, "\t".join(said).strip("\t"))
            self._cells.clear()
            self._held = 0

    def _end_table(self) -> None:
        for cell in self._cells:
            for channel, text in cell.items():
                self._line(channel, " ".join(text.split()))
        self._cells.clear()
        self._held = 0
        if self._table is not None:
            self.out.extend(self._table.finish())
            self._table = None

    def finish(self) -> Iterator[Item]:
        """What is left, of a torn file as well."""
        self.inside = False
        self.paragraph(None)
        yield from self.out
        for each in self._windows.values():
            yield from each.finish()
