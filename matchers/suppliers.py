"""
Names of suppliers: who holds our people's details, and may have let go of them.

A name is found where its words stand one after another, legal forms and
punctuation left out; and where a short line, cell or title comes close enough
(rapidfuzz). Nothing is enrolled: the names are in the configuration.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from watcher.api import (
    CELL,
    ROW,
    Family,
    Match,
    Part,
    Person,
    Recogniser,
    Record,
    Tables,
    Tally,
    Watch,
)

LONGEST = 80  # characters of a line, cell or title that may be a company's name
CLOSE = 90.0  # of 100, from which two names are one company; `Example Card`, `Example Cards`
BITS_PER_LETTER = 1.5  # of a name in running text, after its redundancy
MOST_BITS = 40.0
FEWEST_LETTERS = 5  # of a name that is looked for by resemblance

_LEGAL = frozenset(
    """
    ltd limited plc llp llc lp inc incorporated corp corporation co company gmbh ag sa sas sarl bv
    nv ab oy as aps spa srl pty pte kg cic holdings holding group the uk gb eu ireland international
    intl
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
_WORD = re.compile(r"[a-z0-9]+")
_CUT = re.compile(f"[\n\r{CELL}{ROW}]")


class _Name(NamedTuple):
    words: tuple[str, ...]
    text: str


def normal(name: str) -> tuple[str, ...]:
    """The words that tell a company from others; all of its words if none would be left."""
    words = _WORD.findall(_folded(name))
    return tuple(word for word in words if word not in _LEGAL) or tuple(words)


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
    """Finds supplier names. Linear in the text: each place is looked at once by its first word."""

    def __init__(self, names: Sequence[str]) -> None:
        found = [_Name(words, " ".join(words)) for words in map(normal, names) if words]
        self._names = list(dict.fromkeys(found))
        self._joined = {name.text.replace(" ", "") for name in self._names}
        self._close = [name.text for name in self._names if len(name.text) >= FEWEST_LETTERS]
        # of what may come close enough: of two texts so unlike in length no more can agree
        self._lengths = frozenset(
            length
            for length in range(FEWEST_LETTERS, 4 * LONGEST)
            if any(
                200 * min(length, len(text)) >= CLOSE * (length + len(text)) for text in self._close
            )
        )
        self._shortest = min((*self._lengths, *map(len, self._joined)), default=0)
        # any stretch that is no letter, digit or legal form may stand between two words
        patterns = sorted(
            {self._pattern(name.words) for name in self._names}, key=len, reverse=True
        )
        self._exact = (
            re.compile(
                rf"(?<![a-z0-9])(?=[{''.join(sorted({name.text[0] for name in self._names}))}])"
                rf"(?:{'|'.join(patterns)})(?![a-z0-9])"
            )
            if patterns
            else None
        )

    @staticmethod
    def _pattern(words: tuple[str, ...]) -> str:
        return r"[^a-z0-9\n\x1e\x1f]{0,3}".join(map(re.escape, words))

    def match(self, part: Part) -> Tally:
        """One record for each line or row that names a supplier."""
        if self._exact is None:
            return Tally()
        between = ROW if part.table else "\n"
        records: list[Record] = []
        exact = self._exactly(_folded(part.text), between)
        nearly: dict[str, float] = {}
        at = 0
        for index, line in enumerate(part.text.split(between)):
            at += len(line) + 1
            if not line or at - 1 <= part.overlap:
                continue
            found = exact.get(index) or self._resembling(line, nearly)
            if found:
                records.append(
                    Record(
                        where=part.where,
                        number=part.first + index,
                        matches=(
                            Match(
                                officers=(), field="supplier", family=Family.SUPPLIER, bits=found
                            ),
                        ),
                    )
                )
        return Tally(records=tuple(records))

    def _exactly(self, folded: str, between: str) -> dict[int, float]:
        """The bits of the best name in each line that spells one out, by the line's place."""
        assert self._exact is not None
        found: dict[int, float] = {}
        line = read = 0
        for match in self._exact.finditer(folded):
            line += folded.count(between, read, match.start())
            read = match.start()
            bits = _bits("".join(_WORD.findall(match.group())))
            found[line] = max(bits, found.get(line, bits))
        return found

    def _resembling(self, line: str, known: dict[str, float]) -> float:
        """The bits of the name that a piece of this line comes closest to, 0 for none."""
        pieces = [piece for piece in _CUT.split(line) if 0 < len(piece) <= LONGEST]
        for piece in pieces:
            if piece not in known:
                known[piece] = self._nearly(piece)
        return max((known[piece] for piece in pieces), default=0.0)

    def _nearly(self, piece: str) -> float:
        if len(piece) < self._shortest and piece.isascii() and "&" not in piece:
            return 0.0
        words = normal(piece)
        text = " ".join(words)
        if text.replace(" ", "") in self._joined:
            return _bits(text)
        if len(text) not in self._lengths:
            return 0.0
        best = process.extractOne(
            text, self._close, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE
        )
        return _bits(best[0]) * best[1] / 100 if best else 0.0


def _folded(text: str) -> str:
    """Lower case, without marks and apostrophes; line ends stay where they are."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char) and char != "’")
    return text.casefold().replace("'", "").replace("&", " and ")


def _bits(text: str) -> float:
    return min(MOST_BITS, BITS_PER_LETTER * len(text.replace(" ", "")) - math.log2(12))
