"""
Where in a document, in words that its reader can follow: `Sheet1!A1:F801`, `lines 3-40`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from watcher.assess.case import Piece, Row

MANY = 12  # ranges of one piece; beyond it only the first and last row are told


class Place(str):
    """A range in words, that still knows its piece and its first and last row."""

    where: str
    first: int
    last: int

    @classmethod
    def of(cls, text: str, where: str, first: int, last: int) -> Place:
        place = cls(text)
        place.where, place.first, place.last = where, first, last
        return place

    def holds(self, other: str) -> bool:
        """Whether the other is a range within this one."""
        return (
            isinstance(other, Place)
            and self.where == other.where
            and self.first <= other.first
            and other.last <= self.last
        )


def distinct(places: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order, without those that lie within another."""
    known = tuple(dict.fromkeys(places))
    return tuple(
        place
        for place in known
        if not any(
            isinstance(other, Place) and other != place and other.holds(place) for other in known
        )
    )


def overlapping(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any of these places shares a row with any of the others."""
    known = set(others)
    ranges: dict[str, list[Place]] = {}
    for other in known:
        if isinstance(other, Place):
            ranges.setdefault(other.where, []).append(other)
    return any(
        one in known
        or (
            isinstance(one, Place)
            and any(
                one.first <= other.last and other.first <= one.last
                for other in ranges.get(one.where, ())
            )
        )
        for one in some
    )


def columns_to(count: int) -> str:
    """The spreadsheet letters of this many columns' last: 1 → A, 27 → AA."""
    letters = ""
    while count > 0:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def extent(piece: Piece, first: int, last: int, *, heading: bool = False) -> Place:
    """
    Rows `first` to `last` of a piece. `heading`: the row above them belongs to the range.

    A sheet of known width gives `A1:F801`, one of unknown width `2:801`; any
    other table gives rows, and text gives lines.
    """
    if heading and piece.columns and first > 1:
        first -= 1
    if piece.cells:
        edge = columns_to(len(piece.columns))
        cells = f"A{first}:{edge}{last}" if edge else f"{first}:{last}"
        text = f"{piece.where}!{cells}" if piece.where else cells
        return Place.of(text, piece.where, first, last)
    word = "row" if piece.columns else "line"
    rows = f"{word} {first}" if first == last else f"{word}s {first}-{last}"
    text = f"{piece.where}, {rows}" if piece.where else rows
    return Place.of(text, piece.where, first, last)


def scattered(piece: Piece, numbers: Iterable[int]) -> tuple[Place, ...]:
    """These rows of a piece, neighbours told as one range."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    if len(ranges) > MANY:
        ranges = [(ranges[0][0], ranges[-1][1])]
    return tuple(extent(piece, first, last) for first, last in ranges)


def places_of(pieces: Mapping[str, Piece], rows: Sequence[Row]) -> tuple[Place, ...]:
    """Where these rows are, piece after piece."""
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.where, []).append(row.number)
    return tuple(
        place for where in sorted(numbers) for place in scattered(pieces[where], numbers[where])
    )
