"""Words that particles make, and officers marked: what tells whose number it is."""

from __future__ import annotations

import numpy as np

from matchers.people.desk import Desk
from matchers.people.kernel.rows import marked
from matchers.people.kernel.whose import drawn
from tests.matchers.people.kernel.desks import desk, engine


def letters(mine: Desk, word: int) -> str:
    start = int(mine.words.start[word])
    row = mine.words.letters[start : start + int(mine.words.length[word])]
    return row.tobytes().decode("ascii")


def test_a_particle_makes_a_word_with_one_and_with_two_that_follow() -> None:
    """Not beyond the words that are near; and the same words when it is asked again."""
    mine = desk(engine())
    mine.until_it_fits(lambda: mine.lay_out("imogen de la hathersage"))
    out = np.zeros(8, dtype=np.int32)
    for stop, said in (
        (4, ["dela", "delahathersage"]),
        (3, ["dela"]),
        (2, []),
        (4, ["dela", "delahathersage"]),
    ):
        end = drawn(mine.words, mine.tokens, 1, stop, out, 3)
        assert [letters(mine, int(word)) for word in out[3:end]] == said


def test_a_mark_is_borne_by_those_whom_the_number_means_alone() -> None:
    """A new mark each time: whoever bore the one before bears it no more, or in vain."""
    mine = desk(engine())
    index, names = mine.index, mine.names
    for group in range(min(20, index.number_names.size)):
        start, end = int(index.number_start[group]), int(index.number_start[group + 1])
        mark = marked(names, index.number_officer, start, end)
        assert set(np.flatnonzero(names.stamp == mark).tolist()) == set(
            index.number_officer[start:end].tolist()
        )
