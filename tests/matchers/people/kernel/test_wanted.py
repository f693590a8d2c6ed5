"""Requests, and what answers them."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.desk import Desk, Full
from matchers.people.kernel import wanted
from matchers.people.kernel.arrays import NEAR, WHOLE
from matchers.people.kernel.wanted import LINE, NOTHING, SPELLED, WORDS, want
from tests.matchers.people.kernel.desks import desk, engine, i4, officers

NAMES = "Gwendolen Abernathy de la Hathersage Xyzzy Thadeus Postlethwaite"
G, ABERNATHY, DE, LA, HATHERSAGE, XYZZY, THADEUS, POSTLETHWAITE = range(8)


@pytest.fixture
def mine() -> Desk:
    found = desk(engine())
    found.until_it_fits(lambda: found.lay_out(NAMES))
    assert found.tokens.count[0] == 8
    return found


def word(mine: Desk, token: int) -> int:
    return int(mine.tokens.word[token])


def test_a_request_keeps_its_words_in_order() -> None:
    """Whatever room there is; a request that does not fit is none, and that is said."""
    found = wanted.wanted(4)
    assert [want(found, LINE, 3, i4(5, 1, 4, 9), count) for count in (3, 0, 2, 1)] == [0, 1, 2, -1]
    assert found.full[0] == 1
    assert [
        found.token[found.start[at] : found.start[at + 1]].tolist() for at in range(3)
    ] == [[5, 1, 4], [], [5, 1]]  # fmt: skip
    assert (found.mode[:3].tolist(), found.least[:3].tolist()) == ([LINE] * 3, [3] * 3)


def test_too_many_words_do_not_fit() -> None:
    found = wanted.wanted(2)
    assert want(found, LINE, 3, i4(*range(9)), 9) == -1
    assert (found.count[0], found.full[0]) == (0, 1)


def test_a_request_is_answered_once(mine: Desk) -> None:
    """A second asking answers what came since."""
    first = want(mine.wanted, LINE, 3, i4(G, ABERNATHY), 2)
    mine.ask()
    held = int(mine.names.count[0])
    second = want(mine.wanted, LINE, 3, i4(POSTLETHWAITE, THADEUS), 2)
    mine.ask()
    assert mine.names.count[0] == held + 1
    assert officers(mine.names, int(mine.wanted.found[first])) == [0]
    assert officers(mine.names, int(mine.wanted.found[second])) == [1]


def test_what_is_withdrawn_is_not_asked(mine: Desk) -> None:
    at = want(mine.wanted, LINE, 3, i4(G, ABERNATHY), 2)
    mine.wanted.mode[at] = NOTHING
    mine.ask()
    assert mine.wanted.found[at] == -1
    assert not mine.words.asked[word(mine, ABERNATHY)]


def test_words_are_asked_alone_and_together(mine: Desk) -> None:
    """The answer is the word that all of them make: `dela…` is one of those whom it may name."""
    at = want(mine.wanted, WORDS, 0, i4(DE, LA, HATHERSAGE), 3)
    mine.ask()
    whole = int(mine.wanted.found[at])
    assert mine.words.surname[whole] >= 0
    index = mine.index
    surname = int(mine.words.surname[whole])
    assert index.sur_officer[index.sur_start[surname] : index.sur_start[surname + 1]].tolist() == [
        3
    ]
    assert all(mine.words.asked[word(mine, token)] for token in (DE, LA, HATHERSAGE))


def test_words_are_asked_no_further_than_needed(mine: Desk) -> None:
    """Which names they are; what they are near is asked when a name is judged. No row of names is made."""
    want(mine.wanted, WORDS, 0, i4(THADEUS, POSTLETHWAITE), 2)
    mine.ask()
    asked = [int(mine.words.asked[word(mine, token)]) for token in (THADEUS, POSTLETHWAITE)]
    assert (asked, int(mine.names.count[0])) == ([WHOLE, WHOLE], 0)
    assert mine.words.surname[word(mine, POSTLETHWAITE)] >= 0
    assert mine.words.forename[word(mine, THADEUS)] == -1
    at = want(mine.wanted, LINE, 3, i4(THADEUS, POSTLETHWAITE), 2)
    mine.ask()
    assert mine.words.asked[word(mine, THADEUS)] == NEAR
    assert officers(mine.names, int(mine.wanted.found[at])) == [1]


def test_spelled_out_forename_comes_first(mine: Desk) -> None:
    """Words, not places of words; any of several pairs may be the name."""
    one, two, other = (word(mine, token) for token in (G, ABERNATHY, XYZZY))
    right = want(mine.wanted, SPELLED, 4, i4(other, two, one, two), 4)
    wrong = want(mine.wanted, SPELLED, 4, i4(two, one), 2)
    mine.ask()
    assert officers(mine.names, int(mine.wanted.found[right])) == [0]
    assert officers(mine.names, int(mine.wanted.found[wrong])) == []


def test_without_room_nothing_counts_as_answered(mine: Desk) -> None:
    """So that the window is read again from where it stood."""
    mine.names.count[0] = mine.names.chance.size
    want(mine.wanted, LINE, 3, i4(G, ABERNATHY), 2)
    with pytest.raises(Full):
        mine.ask()
    assert (mine.names.full[0], mine.wanted.done[0]) == (1, 0)
    assert not np.any(mine.wanted.found >= 0)
