"""What is left of a text when its records are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from matchers.people.forms.found import Row
from watcher.api import Part, heading

NEAR = 200  # characters between two records that are only punctuation
WORDS = 8  # from which what a cell says is sentences
LINES = 3  # from which it has lines of its own
APART = 200  # cells with lines of their own that become parts; others stay in one line
_BETWEEN = " \t\r\n,;:()[]{}<>|+-=*_\"'\\/."


def spoken(header: Sequence[str], rows: list[Row], free: dict[int, list[str]]) -> list[Row]:
    """
    The rows without sentences in columns that we do not know.

    These are put into `free`, by the place where their record begins.
    """
    known = {at for at, text in enumerate(header) if text and heading(text) is not None}
    if all(cell.count(" ") < WORDS - 1 and "\n" not in cell for row in rows for cell in row.cells):
        return rows
    kept = []
    for row in rows:
        said = [
            at
            for at, cell in enumerate(row.cells)
            if at not in known and (cell.count(" ") >= WORDS - 1 or cell.count("\n") >= LINES - 1)
        ]
        if said:
            cells = list(row.cells)
            free.setdefault(row.start, []).extend(cells[at] for at in said)
            for at in said:
                cells[at] = ""
            kept.append(row._replace(cells=cells))
        else:
            kept.append(row)
    return kept


def apart(
    part: Part, free: dict[int, list[str]], ends: Mapping[int, int], numbers: Mapping[int, int]
) -> Iterable[Part]:
    """What has lines of its own, taken out of `free`, as parts; nothing of records told before."""
    count = 0
    for start, texts in list(free.items()):
        if ends[start] <= part.overlap:
            del free[start]
            continue
        for text in [each for each in texts if each.count("\n") >= LINES - 1]:
            if count < APART:
                count += 1
                texts.remove(text)
                yield replace(part, text=text, first=numbers[start], overlap=0, begun=0, repeated=0)


def left(part: Part, spans: list[tuple[int, int]], free: Mapping[int, list[str]]) -> Part | None:
    """
    The text with its line ends, but without these spans; at their places what is `free`.

    None where nothing but punctuation is left.
    """
    text = part.text
    building = _Building(part)
    places = sorted(free)
    at = index = 0
    for start, end in joined(text, spans):
        building.keep(at, start, text[at:start])
        at = start
        while index < len(places) and places[index] < end:
            place = places[index]
            building.keep(at, place, "\n" * text.count("\n", at, place))
            building.keep(place, place + 1, " ".join(" ".join(free[place]).split()) + " ")
            at = place
            index += 1
        building.keep(at, end, "\n" * text.count("\n", at, end))
        at = end
    tail = text[at:]
    building.keep(at, len(text), tail if tail.strip(_BETWEEN) else "\n" * tail.count("\n"))
    return building.part()


class _Building:
    """Puts a text together anew, and follows where its overlaps come to lie."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._pieces: list[str] = []
        self._length = 0
        self._overlap = 0
        self._repeated = 0
        self._after = len(part.text) - part.repeated

    def keep(self, start: int, end: int, said: str) -> None:
        """`said` stands for the text from `start` to `end`."""
        before = self._part.overlap
        self._pieces.append(said)
        self._length += len(said)
        if end <= before:
            self._overlap = self._length
        elif start < before:
            self._overlap = self._length - len(said) + min(before - start, len(said))
        if start >= self._after:
            self._repeated += len(said)
        elif end > self._after:
            self._repeated += min(end - self._after, len(said))

    def part(self) -> Part | None:
        text = "".join(self._pieces)
        if not text.strip(_BETWEEN):
            return None
        return replace(
            self._part,
            text=text,
            overlap=self._overlap,
            repeated=self._repeated if self._part.repeated else 0,
        )


def joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those as one between which only punctuation stands."""
    found: list[tuple[int, int]] = []
    begin, at = -1, 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        if begin >= 0 and (
            start <= at or (start - at <= NEAR and not text[at:start].strip(_BETWEEN))
        ):
            at = end
            continue
        if begin >= 0:
            found.append((begin, at))
        begin, at = start, end
    if begin >= 0:
        found.append((begin, at))
    return found
