"""
Names of suppliers: who holds our people's details, and may have let go of them.

A name is found where its words stand one after another, legal forms and
punctuation left out, or as its domain; and, in a text no longer than a
listing, where a short line, cell or title comes close enough (rapidfuzz).
Nothing is enrolled: the names are in the configuration.
"""

from __future__ import annotations

import re
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
# `warrant_cards/`, `Staff photos.zip`: what thieves list when they publish.
_FILES = re.compile(
    r"(?<![a-z])(?:(?:warrant|id|access|police)[ _.-]?cards?|staff|personnel|payroll|officers|nominal[ _.-]?roll)"
    r"[\w -]{0,40}(?:[/\\]|\.(?:csv|xlsx?|ods|zip|7z|rar|sql|bak|db|mdb|accdb|pdf|pst|jpe?g|png)\b)",
    re.IGNORECASE,
)
_CUTS = ("\r", CELL, ROW)


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
        self._close = [name.text for name in self._names if name.chunks]
        self._joined = {name.text.replace(" ", "") for name in self._names if name.text}
        self._lengths = frozenset(
            length
            for text in self._close
            for length in range(1, 2 * LONGEST)
            if 200 * min(length, len(text)) >= CLOSE * (length + len(text))
        )
        self._shortest = min((*self._lengths, *map(len, self._joined)), default=0)
        self._longest = max((name.longest for name in self._names if name.chunks), default=-1)

    def match(self, part: Part) -> Tally:
        """One record for each line or row that names a supplier, and whether staff files are listed there."""
        if not self._names:
            return Tally()
        between = ROW if part.table else "\n"
        short = len(part.text) <= LISTING
        lines = self._in_listing(part.text, between) if short else self._in_dump(part.text, between)
        if not lines:
            return Tally()
        told = part.text.count(between, 0, part.overlap + 1) if part.overlap else 0
        records = [
            Record(
                where=part.where,
                number=part.numbers[line] if part.numbers else part.first + line,
                matches=(Match(officers=(), field="supplier", family=Family.SUPPLIER, bits=bits),),
            )
            for line, bits in lines.items()
            if line >= told
        ]
        promising = _FILES.search(part.text) is not None
        signs = ((part.where, frozenset({Sign.STAFF_FILES})),) if promising else ()
        return Tally(records=tuple(records), signs=signs)

    def _in_listing(self, text: str, between: str) -> dict[int, float]:
        """By line of a text, the bits of what names a supplier or comes close."""
        folded = folded_text(text)
        places: dict[int, float] = {}
        for name in self._names:
            for at in _spelled(name, folded):
                places[at] = max(name.bits, places.get(at, 0.0))
        for at, bits in self._resembling(folded):
            places[at] = max(bits, places.get(at, 0.0))
        lines: dict[int, float] = {}
        line = read = 0
        for at in sorted(places):
            line += folded.count(between, read, at)
            read = at
            lines[line] = max(places[at], lines.get(line, 0.0))
        return lines

    def _in_dump(self, text: str, between: str) -> dict[int, float]:
        """By line of a long text, the bits of what names a supplier."""
        lines: dict[int, float] = {}
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
                    lines[here] = max(name.bits, lines.get(here, 0.0))
        return dict(sorted(lines.items()))

    @cached_property
    def _anchors(self) -> Anchors:
        # compiled code, which a service without long texts need not load
        from matchers.anchors import Anchors

        return Anchors(self._names)

    def _resembling(self, folded: str) -> Iterator[tuple[int, float]]:
        """The place and the bits of each line or cell that comes close to a name."""
        for cut in _CUTS:
            if cut in folded:
                folded = folded.replace(cut, "\n")
        known: dict[str, float] = {}
        at = 0
        for piece in folded.split("\n"):
            size = len(piece)
            if self._shortest <= size <= self._longest:
                bits = known.get(piece)
                if bits is None:
                    close = any(name.may_be(piece) for name in self._names)
                    bits = known[piece] = self._nearly(piece) if close else 0.0
                if bits:
                    yield at, bits
            at += size + 1

    def _nearly(self, piece: str) -> float:
        """The bits of the name that a folded piece comes closest to, 0 for none."""
        text = " ".join(telling(words_of(piece)))
        if text.replace(" ", "") in self._joined:
            return bits_of(text)
        if len(text) not in self._lengths:
            return 0.0
        best = process.extractOne(
            text, self._close, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE
        )
        return bits_of(best[0]) * best[1] / 100 if best else 0.0


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
