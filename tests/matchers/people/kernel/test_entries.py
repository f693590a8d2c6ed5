"""Which words of a line are the name in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.desk import Desk
from matchers.people.kernel.entries import (
    MOST,
    MOST_UNITS,
    entry,
    is_name_word,
    is_sentence,
    looks_written,
    units_in,
)
from tests.matchers.people.kernel.desks import desk, engine, i4
from watcher.api import rank_parts


@pytest.fixture(scope="module")
def mine() -> Desk:
    return desk(engine())


def cut(mine: Desk, text: str) -> int:
    """Lay the text out; how many words it has."""
    mine.until_it_fits(lambda: mine.lay_out(text))
    return int(mine.tokens.count[0])


def name_in(mine: Desk, text: str) -> tuple[str, str]:
    """The words of the name, as they stand in the text, and the rank beside it."""
    count = cut(mine, text)
    chosen, rank = np.zeros(MOST, dtype=np.int32), i4(7, 7)
    found = entry(
        mine.words, mine.tokens, mine.public, 0, count, mine.numbers, 0,
        int(mine.numbers.count[0]), chosen, rank,
    )  # fmt: skip
    words = [text[mine.tokens.start[t] : mine.tokens.end[t]] for t in chosen[:found]]
    return " ".join(words), text[rank[0] : rank[1]]


@pytest.mark.parametrize(
    ("line", "name", "rank"),
    [
        ("Gwendolen Abernathy", "Gwendolen Abernathy", ""),
        ("PC 4321 Gwendolen Abernathy", "Gwendolen Abernathy", "PC"),
        ("T/DS Abernathy 4321", "Abernathy", "T/DS"),
        ("ABERNATHY, Gwendolen (Sgt) 4321", "ABERNATHY Gwendolen", "Sgt"),
        ("Abernathy Gwendolen Detective Constable", "Abernathy Gwendolen", "Detective Constable"),
        ("Pay no. C5123456 Gwendolen Abernathy", "Gwendolen Abernathy", ""),
        ("Gwendolen Abernathy - Collar Number 4321", "Gwendolen Abernathy", ""),
        ("John Constable", "John Constable", ""),
        ("Smith DC", "Smith DC", ""),
        ("D. S. Smith", "D S Smith", ""),
        ("Dr Jane Roe 12", "Dr Jane Roe", ""),
        ("4321", "", ""),
        ("", "", ""),
    ],
)
def test_what_is_no_name_is_left_out(mine: Desk, line: str, name: str, rank: str) -> None:
    """Numbers, the labels of numbers, ranks; but `Smith DC` has initials and `John Constable` a name."""
    assert name_in(mine, line) == (name, rank)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["smith", "Ann", "PC", "DS", "detective", "chief", "Inspector", "no", "4321", "sm1th", "a12b34", "D"]
            ),
            st.sampled_from([" ", "-", ", ", " - "]),
        ),
        max_size=80,
    )
)  # fmt: skip
def test_a_sentence_holds_too_many_names(mine: Desk, pieces: list[tuple[str, str]]) -> None:
    """Never less than it takes, whatever the rank that is left out; and always where no word is one's."""
    text = "".join(word + gap for word, gap in pieces)
    count = cut(mine, text)
    chosen, rank = np.zeros(MOST, dtype=np.int32), i4(0, 0)
    named = entry(mine.words, mine.tokens, mine.public, 0, count, mine.numbers, 0, 0, chosen, rank)
    many = units_in(mine.tokens, chosen, named) >= MOST_UNITS
    sentence = is_sentence(mine.words, mine.tokens, 0, count)
    assert many or not sentence
    ranks = {"PC", "DS", "detective", "chief", "Inspector"}
    assert sentence or not many or not ranks.isdisjoint(word for word, _ in pieces)


@pytest.mark.parametrize(
    "words", [phrase for phrase in rank_parts().phrases if max(map(len, phrase.split())) > 1]
)
def test_every_rank_is_left_out(mine: Desk, words: str) -> None:
    """However many words it has, and where it stands."""
    assert name_in(mine, f"{words} Gwendolen Abernathy") == ("Gwendolen Abernathy", words)
    assert name_in(mine, f"Gwendolen Abernathy {words}") == ("Gwendolen Abernathy", words)


def test_no_more_words_are_looked_at_than_there_is_room_for(mine: Desk) -> None:
    assert len(name_in(mine, "Xyzzy " * (MOST + 9))[0].split()) == MOST


@pytest.mark.parametrize(
    ("word", "whether"), [("smith", True), ("4321", False), ("sm1th", True), ("a12b34", False), ("4smith", False)]
)  # fmt: skip
def test_a_word_of_a_name_has_few_digits(mine: Desk, word: str, whether: bool) -> None:
    assert cut(mine, word) == 1
    assert is_name_word(mine.words, mine.tokens, 0) is whether


def test_what_hyphens_join_is_one_name(mine: Desk) -> None:
    """If nothing between them was left out."""
    assert cut(mine, "Ann-Marie de la Smith-Jones") == 6
    assert units_in(mine.tokens, i4(0, 1, 2, 3, 4, 5), 6) == 4
    assert units_in(mine.tokens, i4(0, 2, 3, 5), 4) == 4


@pytest.mark.parametrize(
    ("line", "units", "beside", "whether"),
    [
        ("Jane Roe", 2, False, True),
        ("jane roe", 2, False, True),
        ("jane ann roe", 3, False, False),
        ("jane ann roe 4321", 3, True, True),
        ("JANE ANN ROE", 3, False, True),
        ("Jane went to town", 4, False, False),
        ("Jane de la Roe Smith Lee", 4, False, True),
        ("4321", 0, True, True),
    ],
)
def test_an_entry_is_written_with_capitals_or_without_any(
    mine: Desk, line: str, units: int, beside: bool, whether: bool
) -> None:  # fmt: skip
    """In small letters it holds nothing but two names, or has a number beside it."""
    assert looks_written(mine.tokens, 0, cut(mine, line), units, beside) is whether
