"""Records found in a text, before they are tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from matchers.people.forms.marks import present

COLUMNS = 64  # of one table; what a record has beyond them stands in the last one
BUILT = 32  # tables that one notation makes of one window
REFUSED = 500  # records of other layouts after which nothing more is taken
KNOWN = 256  # ways in which the records of one window may be laid out

Path = tuple[str, ...]


# One of these is in every heading of people by which blocks and columns are looked for, and its mark.
ROOTS = ((b"name", b"name"), (b"officer", b"icer"), (b"employee", b"oyee"))


class Source(NamedTuple):
    """
    A window to look through.

    `low`: the text in lower case as Latin-1, character for character ("?" for
    others). `begun`: its first characters may belong to a record that began in
    the window before. `whole`: where the part ends that the next window does
    not repeat; a record cut off beyond it is whole there. `marks`: which
    it may hold (see `marks`), and so `roots`, which words.
    """

    text: str
    low: bytes
    begun: bool
    whole: int
    marks: frozenset[bytes]
    roots: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"  # what it holds is shown nowhere

    def without(self, spans: Sequence[tuple[int, int]]) -> Source:
        """The same window with these spans blank, in order and apart: as long as before."""
        texts: list[str] = []
        lows: list[bytes] = []
        at = 0
        for start, end in spans:
            lines = self.text.count("\n", start, end)
            blank = "\n" * lines + " " * (end - start - lines)
            texts += (self.text[at:start], blank)
            lows += (self.low[at:start], blank.encode())
            at = end
        text = "".join((*texts, self.text[at:]))
        low = b"".join((*lows, self.low[at:]))
        return self._replace(text=text, low=low)._marked(present(low, self.marks))

    def _marked(self, marks: frozenset[bytes]) -> Source:
        roots = tuple(root for root, mark in ROOTS if mark in marks)
        return self._replace(marks=marks, roots=roots)

    @classmethod
    def of(cls, text: str, *, begun: bool = False, repeated: int = 0) -> Source:
        low = text.encode("latin-1", "replace").lower()
        whole = len(text) - repeated if repeated else len(text) + 1
        return cls(text, low, begun, whole, frozenset(), ())._marked(present(low))


class Row(NamedTuple):
    """A record: where it stands in the text (half open), and its cells."""

    start: int
    end: int
    cells: Sequence[str]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"  # what it holds is shown nowhere


@dataclass(slots=True, repr=False)
class Found:
    """
    Rows of one table, in the order of the text.

    `header`: its columns as the text calls them, the outer name first where
    records stand inside records; empty where it does not say. `spans`: what
    else of the text the table has used up.
    """

    header: tuple[Path, ...]
    rows: list[Row]
    spans: list[tuple[int, int]] = field(default_factory=list)


class Builder:
    """Collects records that name their fields into as few tables as fit them."""

    def __init__(self) -> None:
        self._tables: list[tuple[dict[Path, int], list[tuple[int, int, list[str], list[int]]]]] = []
        self._layouts: dict[tuple[Path, ...], tuple[int, list[int]] | None] = {}
        self._refused = 0

    @property
    def full(self) -> bool:
        """Whether so many were refused that looking on is of no use."""
        return self._refused > REFUSED

    def add(self, start: int, end: int, fields: Mapping[Path, str]) -> bool:
        """Take a record. False if it is of one kind too many, and was not taken."""
        paths = tuple(fields)
        try:
            known = self._layouts[paths]
        except KeyError:
            known = self._laid_out(paths)
        if known is None:
            self._refused += 1
            return False
        table, places = known
        self._tables[table][1].append((start, end, list(fields.values()), places))
        return True

    def _laid_out(self, paths: tuple[Path, ...]) -> tuple[int, list[int]] | None:
        if len(self._layouts) >= KNOWN:
            return None
        table = self._nearest(set(paths))
        if table is None:
            self._layouts[paths] = None
            return None
        columns = self._tables[table][0]
        places = []
        for path in paths:
            if path not in columns and len(columns) < COLUMNS:
                columns[path] = len(columns)
            places.append(columns.get(path, COLUMNS - 1))
        self._layouts[paths] = table, places
        return self._layouts[paths]

    def _nearest(self, paths: set[Path]) -> int | None:
        """The table with which these fields share most, and at least half; a new one if none."""
        best, most = None, 0
        for index, (columns, _) in enumerate(self._tables):
            shared = len(paths & columns.keys())
            if shared > most and shared * 2 >= min(len(paths), len(columns)):
                best, most = index, shared
        if best is None and len(self._tables) < BUILT:
            self._tables.append(({}, []))
            return len(self._tables) - 1
        return best

    def found(self) -> Iterable[Found]:
        """The tables."""
        for columns, records in self._tables:
            width = len(columns)
            rows = []
            straight = list(range(width))
            for start, end, values, places in records:
                if places == straight:
                    rows.append(Row(start, end, values))
                    continue
                cells = [""] * width
                for place, value in zip(places, values, strict=True):
                    cells[place] = f"{cells[place]} ; {value}" if cells[place] else value
                rows.append(Row(start, end, cells))
            yield Found(tuple(columns), rows)
