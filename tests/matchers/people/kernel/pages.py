"""Names on a page as the kernel reads them, and as its oracles do, for the tests of names."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from matchers.people import People
from matchers.people.chance import Rule
from matchers.people.kernel import arrays, order, wanted
from matchers.people.kernel.lookup import ask
from matchers.people.kernel.opening import opened
from matchers.people.kernel.pairing import MAIN, NARROWING
from matchers.people.kernel.publics import public
from matchers.people.kernel.readings import begin
from matchers.people.kernel.remembering import remembered, spelled
from matchers.people.siphash import halves
from matchers.people.tables import check
from tests.matchers.people.crowd import KEY
from tests.matchers.people.kernel import oracle_order as oracle
from tests.matchers.people.kernel.oracle_judge import Judge, Judged, Word
from watcher.api import Person, Watch

CELL = "\x1f"
_WORD = re.compile("[A-Za-z0-9]+")
_GAPS = {
    " ": arrays.SPACE, "-": arrays.HYPHEN, ",": arrays.COMMA, ";": arrays.COMMA, ".": arrays.DOT,
    CELL: arrays.CELL,
}  # fmt: skip

# One edit apart, many of them, and of every make.
FORENAMES = """
    John Joan Jon Jonah Mary Marie Maria Ann Anne Anna Hanna Peter Petra Lee Leo Li Mohammed Siobhan
    Mary-Ann Jean-Luc
""".split()  # noqa: SIM905  # reads better than quoted words
SURNAMES = """
    Smith Smyth Smithe Smits Jones Joness Hare Hale Hall Halle McDonald MacDonald Smith-Jones Lee
    ONeill Neil Ng Cruz Berg Bergs Featherstonehaugh
""".split()  # noqa: SIM905  # reads better than quoted words
ODD = """
    de la Mc van der O J M K JM AB Ma Dr MR The Of 12 x Ab3 al e Fetherstonehaugh Smiht Jhon Hal Marry
""".split()  # noqa: SIM905  # reads better than quoted words
GAPS = [*[" "] * 8, "-", ", ", ",", "; ", ". ", ".", " - "]


def crowd(count: int, seed: int = 3) -> list[Person]:
    """People whose names are near each other's; of some no more than an initial is known."""
    dice = random.Random(seed)
    found = [
        Person(
            ref=str(i),
            forename=dice.choice(FORENAMES) if dice.random() > 0.1 else dice.choice("JMP"),
            middle=dice.choice(("", "", "", "Kay", "Leo")),
            surname=dice.choice(SURNAMES),
        )
        for i in range(count)
    ]
    return [*found, Person(ref="cruz", forename="Maria", surname="de la Cruz")]


def written(dice: random.Random, most: int = 8) -> str:
    """A few words of names, in any order and case."""
    found = ""
    for place in range(dice.randrange(1, most)):
        word = dice.choice(dice.choice((FORENAMES, SURNAMES, SURNAMES, ODD)))
        if dice.random() < 0.1:
            at = dice.randrange(len(word))
            word = word[:at] + dice.choice(("", "x", word[at] * 2)) + word[at + 1 :]
        if dice.random() < 0.2:
            word = word.upper()
        found += (dice.choice(GAPS) if place else "") + (word or "Smith")
    return found


def held(words: arrays.Words, word: bytes) -> int:
    """The id of a folded word."""
    start = int(words.count[1])
    words.letters[start : start + len(word)] = np.frombuffer(word, dtype=np.uint8)
    a, b = spelled(words.letters, start, len(word))
    return int(remembered(public(), words, np.uint64(a), np.uint64(b), len(word)))


class Page:
    """One index, what reads names with it, and the oracle beside it."""

    def __init__(self, people: Sequence[Person]) -> None:
        tables = check(People(Watch()).enrol(people, KEY))
        self.index = opened(tables, halves(KEY))
        self.judge = Judge(tables)
        self.work = arrays.work()
        self._known: dict[bytes, Word] = {}
        self._apart = arrays.words(1 << 14, 1 << 18, 1 << 18)
        self.renew()

    def renew(self, words: int = 1 << 12, rows: int = 1 << 8, officers: int = 1 << 16) -> None:
        """Forget what was read; make so much room."""
        self.words = arrays.words(words, 16 * words, 64 * words)
        self.tokens = arrays.tokens(256)
        self.names = arrays.names(rows, officers, int(self.index.officers[0]))
        self.requests = wanted.wanted(64)

    # ------------------------------------------------------------ as the kernel has it

    def _cut(self, text: str) -> None:
        """Words of ASCII letters and digits, as `tokens.cut` cuts them."""
        if self.words.count[0] > self.words.a.size // 2:
            self.renew()
        tokens, end = self.tokens, 0
        tokens.count[0] = 0
        for count, match in enumerate(_WORD.finditer(text)):
            gap, found = text[end : match.start()], match.group()
            end = match.end()
            tokens.start[count], tokens.end[count] = match.span()
            tokens.word[count] = held(self.words, found.lower().encode())
            tokens.shape[count] = (
                arrays.LETTERS * any(char.isalpha() for char in found)
                | arrays.DIGITS * any(char.isdigit() for char in found)
                | arrays.CAPITAL * found[:1].isupper()
                | arrays.CAPITALS * found.isupper()
            )
            tokens.gap[count] = sum({_GAPS[char] for char in gap}) | arrays.LONG * (len(gap) > 1)
            tokens.count[0] = count + 1
        self.requests.count[0] = self.requests.done[0] = 0
        self.names.count[:] = 0

    def _asked(self, mode: int, shortest: int, tokens: Sequence[int]) -> int:
        return int(
            wanted.want(
                self.requests, mode, shortest, np.array([*tokens, 0], np.int32), len(tokens)
            )
        )

    def _answer(self, row: int) -> Judged | None:
        self.work.pairs.count[:] = 0
        wanted.asked(
            self.index, self.words, self.tokens, self.requests, self.work, self.names
        )  # fmt: skip
        assert not self.words.full[0]
        assert not self.names.full[0]
        return self.row(int(self.requests.found[row]))

    def row(self, row: int) -> Judged | None:
        """A row of names, as the oracle says it."""
        if row < 0:
            return None
        start, stop = int(self.names.start[row]), int(self.names.stop[row])
        return Judged(
            tuple(self.names.officer[start:stop].tolist()),
            float(self.names.chance[row]),
            int(self.names.edits[row]),
            Rule(int(self.names.rule[row])),
        )

    def read(self, text: str, mode: int = wanted.LINE, shortest: int = 3) -> Judged | None:
        """Whom a line or a run means."""
        self._cut(text)
        return self._answer(self._asked(mode, shortest, range(int(self.tokens.count[0]))))

    def columns(
        self,
        last: str,
        firsts: Sequence[str],
        middle: str = "",
        *,
        initials: int = 0,
        shortest: int = 3,
    ) -> Judged | None:
        """Whom a surname's cell and those of some forenames mean; `initials`: a bit for each."""
        text = CELL.join((last, *firsts, middle))
        self._cut(text)
        cells: list[list[int]] = [[] for _ in range(len(firsts) + 2)]
        for token in range(int(self.tokens.count[0])):
            cells[text.count(CELL, 0, int(self.tokens.start[token]))].append(token)
        row = self._asked(wanted.COLUMNS, shortest, [token for cell in cells for token in cell])
        ends = list(accumulate(map(len, cells[:-1])))
        for column in range(wanted.MOST_COLUMNS + 1):
            self.requests.cut[column, row] = ends[min(column, len(firsts))]
        self.requests.initials[row] = initials
        return self._answer(row)

    # ------------------------------------------------------------ as the oracle has it

    def known(self, word: bytes) -> Word:
        """What the lexicon says of a folded word."""
        found = self._known.get(word)
        if found is None:
            words = self._apart
            at = held(words, word)
            ask(self.index, words, at)
            begin = int(words.near_start[at])
            middle = begin + int(words.near_fore[at])
            end = middle + int(words.near_sur[at])
            found = self._known[word] = Word(
                len(word),
                int(words.forename[at]),
                int(words.surname[at]),
                tuple(words.near[begin:middle].tolist()),
                tuple(words.near[middle:end].tolist()),
                int(words.only[at]),
            )
        return found

    def judged(self, readings: oracle.Readings, shortest: int) -> Judged:
        """Whom these readings mean."""
        main, narrowing = (
            [(self.known(one), self.known(two)) for one, two in pairs] for pairs in readings
        )
        return self.judge.judge(main, narrowing, shortest=shortest)

    def readings(self) -> oracle.Readings:
        """The readings that the kernel makes of what it read last, those too that had nobody to tell apart."""
        mode = int(self.requests.mode[0])
        if mode in (wanted.LINE, wanted.RUN):
            order.readings(self.words, self.work, int(mode == wanted.RUN), int(NARROWING))
        elif mode == wanted.COLUMNS:
            begin(self.work)
            wanted.in_columns(self.words, self.tokens, self.requests, 0, self.work)
        return oracle.Readings(self.made(int(MAIN)), self.made(int(NARROWING)))

    def made(self, which: int) -> tuple[tuple[bytes, bytes], ...]:
        """The readings that stand there."""
        pairs = self.work.pairs
        return tuple(
            (self._letters(pairs.forename[which, i]), self._letters(pairs.surname[which, i]))
            for i in range(int(pairs.count[which]))
        )

    def units(self) -> list[oracle.Unit]:
        """The names that the kernel took the last line apart into."""
        plain = self.work.plain
        return [
            oracle.Unit(
                tuple(self._letters(word) for word in plain.part[i, : int(plain.parts[i])]),
                bool(plain.capitals[i]),
                int(plain.segment[i]),
            )
            for i in range(int(plain.count[0]))
        ]

    def _letters(self, word: int) -> bytes:
        start = int(self.words.start[word])
        return self.words.letters[start : start + int(self.words.length[word])].tobytes()
