"""What every way of reading needs: the tables, opened once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchers.people.gather import Gatherer
from matchers.people.identifiers import Identifiers
from matchers.people.judge import NOBODY, Judge, Judged
from matchers.people.lexicon import Lexicon, Word
from matchers.people.order import Readings
from matchers.people.siphash import halves
from matchers.people.tables import check
from watcher.api import Tables


@dataclass(frozen=True, slots=True)
class Tools:
    """The opened tables of one index."""

    key: tuple[int, int]
    lexicon: Lexicon
    judge: Judge
    identifiers: Identifiers
    gatherer: Gatherer

    @classmethod
    def open(cls, tables: Tables, key: bytes) -> Tools:
        """Raises ValueError if these are not our tables."""
        halved = halves(key)
        ours = check(tables)
        lexicon = Lexicon(ours, halved)
        judge = Judge(ours)
        return cls(
            halved,
            lexicon,
            judge,
            Identifiers(ours, halved, lexicon, judge),
            Gatherer(ours, halved, judge),
        )

    def words(self, readings: Iterable[Readings]) -> dict[bytes, Word]:
        """All words of these readings, looked up together."""
        tokens: set[bytes] = set()
        for each in readings:
            for pair in each.main:
                tokens.update(pair)
            for pair in each.narrowing:
                tokens.update(pair)
        return self.lexicon.words(tokens)

    def named(self, rows: Sequence[Readings], *, shortest: int) -> list[Judged]:
        """Whom each of these rows means; equal rows are judged once."""
        distinct = dict.fromkeys(rows)
        words = self.words(distinct)
        known: dict[Readings, Judged] = {}
        for each in distinct:
            # without a surname, or one an edit away, nobody is meant and nothing is risked
            if any(words[last].surname >= 0 or words[last].surnames for _, last in each.main):
                known[each] = self.judged(each, words, shortest=shortest)
            else:
                known[each] = NOBODY
        return [known[each] for each in rows]

    def judged(self, readings: Readings, words: dict[bytes, Word], *, shortest: int) -> Judged:
        """Whom a row with these readings means."""
        if not readings.main:
            return NOBODY
        return self.judge.judge(
            [(words[forename], words[surname]) for forename, surname in readings.main],
            [(words[forename], words[surname]) for forename, surname in readings.narrowing],
            shortest=shortest,
        )
