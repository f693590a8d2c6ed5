"""
Names of suppliers: who holds our people's details, and may have let go of them.

A name is found where its words stand one after another, legal forms and
punctuation left out, or as its domain; and, in a text no longer than a
listing, where a short line, cell or title comes close enough (rapidfuzz).
Nothing is enrolled: the names are in the configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from matchers.companies import (
    CLOSE,
    LONGEST,
    Name,
    bits_of,
    folded_text,
    names_of,
    telling,
    words_of,
)
from matchers.extortion import is_published, lists_staff_files
from watcher.api import (
    CELL,
    ROW,
    Family,
    Match,
    Part,
    Person,
    Recogniser,
    Record,
    Sign,
    Tables,
    Tally,
    Watch,
)

if TYPE_CHECKING:
    from matchers.anchors import Anchors

LISTING = 1 << 17  # characters of a text in which names are also looked for by resemblance
_CUTS = ("\r", CELL, ROW, " · ", " | ")  # the last two part what was put together of fields
SAID = 1000  # characters behind a name in which its entry is told
TITLE = 90  # characters at which an aggregator cuts its titles
BEGUN = 8  # letters at least of a name that was cut off

Bits = dict[str, float]  # by the mark of a supplier
_NOBODY = ("", 0.0)
_PUBLISHED = frozenset({Sign.PUBLISHED})


class Suppliers:
    """Matches the configured suppliers."""

    name = "suppliers"

    def __init__(self, watch: Watch) -> None:
        self._names = watch.suppliers

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        """Nothing: `{}`."""
        return {}

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        return SupplierRecogniser(self._names)


class SupplierRecogniser:
    """
    Finds supplier names.

    A long text is searched once for all of them, for the longest word of each.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names_of(names)
        self._called = {name.mark: name.supplier for name in reversed(self._names)}
        chunked = [name for name in self._names if name.chunks]
        self._close = [name.text for name in chunked]
        self._marks = [name.mark for name in chunked]
        self._joined = {
            name.text.replace(" ", ""): name.mark for name in reversed(self._names) if name.text
        }
        self._lengths = frozenset(
            length
            for text in self._close
            for length in range(1, 2 * LONGEST)
            if 200 * min(length, len(text)) >= CLOSE * (length + len(text))
        )
        shortest = min((*self._lengths, *map(len, self._joined)), default=0)
        # ` and ` may be written `&`.
        self._shortest = shortest - 4 * max(
            (name.text.count("and") for name in self._names), default=0
        )
        self._longest = max((name.longest for name in self._names if name.chunks), default=-1)

    def match(self, part: Part) -> Tally:
        """One record for each line or row that names a supplier, and whether staff files are listed there."""
        if not self._names:
            return Tally()
        between = ROW if part.table else "\n"
        short = len(part.text) <= LISTING
        out: frozenset[int] = frozenset()
        if short:
            lines, out = self._in_listing(part.text, between)
        else:
            lines = self._in_dump(part.text, between)
        if not lines:
            return Tally()
        told = part.text.count(between, 0, part.overlap + 1) if part.overlap else 0
        records = [
            Record(
                where=part.where,
                number=part.numbers[line] if part.numbers else part.first + line,
                matches=tuple(self._match(mark, bits) for mark, bits in sorted(named.items())),
                signs=_PUBLISHED if line in out else frozenset(),
            )
            for line, named in lines.items()
            if line >= told
        ]
        promising = lists_staff_files(part.text)
        signs = ((part.where, frozenset({Sign.STAFF_FILES})),) if promising else ()
        return Tally(records=tuple(records), signs=signs)

    def _in_listing(self, text: str, between: str) -> tuple[dict[int, Bits], frozenset[int]]:
        """By line of a text, whom it names or comes close to; in which of them data is said to be out."""
        folded = folded_text(text)
        places: dict[int, Bits] = {}
        for name in self._names:
            for at in _spelled(name, folded):
                _add(places, at, name.mark, name.bits)
        for at, mark, bits in self._resembling(folded):
            _add(places, at, mark, bits)
        lines: dict[int, Bits] = {}
        out: set[int] = set()
        line = read = 0
        for at in sorted(places):
            line += folded.count(between, read, at)
            read = at
            for mark, bits in places[at].items():
                _add(lines, line, mark, bits)
            if line not in out and is_published(folded[at : at + SAID]):
                out.add(line)
        return lines, frozenset(out)

    def _in_dump(self, text: str, between: str) -> dict[int, Bits]:
        """By line of a long text, whom it names."""
        lines: dict[int, Bits] = {}
        line = read = 0
        for start, end, names in self._anchors.stretches(text):
            line += text.count(between, read, start)
            read = start
            folded = folded_text(text[start:end])
            for name in names:
                here, seen = line, 0
                for at in _spelled(name, folded):
                    if (
                        at > seen
                    ):  # a name begins before its anchor, and may before the last one's end
                        here += folded.count(between, seen, at)
                        seen = at
                    _add(lines, here, name.mark, name.bits)
        return dict(sorted(lines.items()))

    @cached_property
    def _anchors(self) -> Anchors:
        # compiled code, which a service without long texts need not load
        from matchers.anchors import Anchors

        return Anchors(self._names)

    def _resembling(self, folded: str) -> Iterator[tuple[int, str, float]]:
        """The place, the mark and the bits of each line, cell or title that comes close to a name."""
        for cut in _CUTS:
            if cut in folded:
                folded = folded.replace(cut, "\n".rjust(len(cut)))
        known: dict[str, tuple[str, float]] = {}
        at = 0
        for whole in folded.split("\n"):
            piece = whole.rstrip(" ")
            size = len(piece)
            if self._shortest <= size <= max(self._longest, TITLE):
                near = known.get(piece)
                if near is None:
                    close = any(name.may_be(piece) for name in self._names)
                    near = self._nearly(piece) if close else _NOBODY
                    if near is _NOBODY and _is_cut(piece):
                        near = self._begun(piece)
                    known[piece] = near
                if near is not _NOBODY:
                    yield at, *near
            at += len(whole) + 1

    def _nearly(self, piece: str) -> tuple[str, float]:
        """The mark and the bits of the name that a folded piece comes closest to."""
        text = " ".join(telling(words_of(piece)))
        mark = self._joined.get(text.replace(" ", ""))
        if mark is not None:
            return mark, bits_of(text)
        if len(text) not in self._lengths:
            return _NOBODY
        best = process.extractOne(
            text, self._close, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE
        )
        return (self._marks[best[2]], bits_of(best[0]) * best[1] / 100) if best else _NOBODY

    def _begun(self, piece: str) -> tuple[str, float]:
        """The mark and the bits of the name of which most stands at the end of a title that was cut."""
        text = " ".join(telling(words_of(piece)))
        for name in self._names:
            for size in range(len(name.text) - 1, max(BEGUN, len(name.text) * 3 // 4) - 1, -1):
                if text.endswith(name.text[:size]) and not text[:-size][-1:].strip():
                    return name.mark, bits_of(name.text[:size])
        return _NOBODY

    def _match(self, mark: str, bits: float) -> Match:
        return Match(
            officers=(),
            field="supplier",
            family=Family.SUPPLIER,
            bits=bits,
            supplier=mark,
            called=self._called[mark],
        )


def _spelled(name: Name, folded: str) -> Iterator[int]:
    """Where this name begins each time that it is spelled out."""
    at = folded.find(name.anchor)
    while at >= 0:
        end = at + len(name.anchor)
        found = name.pattern.match(folded, at)
        if found and (start := name.begins(folded, at)) >= 0:
            yield start
            end = found.end()
        at = folded.find(name.anchor, end)


def _add(places: dict[int, Bits], at: int, mark: str, bits: float) -> None:
    known = places.setdefault(at, {})
    known[mark] = max(bits, known.get(mark, 0.0))


def _is_cut(piece: str) -> bool:
    """Whether a folded title may have been cut off: escapes and marks are no longer in it."""
    return TITLE - 8 <= len(piece) <= TITLE or piece.endswith(("…", "..."))
