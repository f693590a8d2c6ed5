"""What a word is to everybody, and what ranks are."""

from __future__ import annotations

import random
import re

import pytest

from matchers.people import around
from matchers.people.kernel import arrays
from matchers.people.kernel.arrays import (
    KEPT,
    LABEL,
    MONTH,
    OPENER,
    PARTICLE,
    POLICE,
    RANK,
    RANKISH,
    SIGN,
    TITLE,
)
from matchers.people.kernel.publics import LABELS, OPENERS, public, rank_length, rank_of, ranks
from matchers.people.words import PARTICLES, TITLES
from tests.matchers.people.kernel.tokenised import TOKENS, WORDS, tokens
from watcher.api import police_words, rank, rank_parts


def flags(word: str) -> int:
    """The flags of one word."""
    tokens(word)
    return int(WORDS.flags[TOKENS.word[0]])


def named(text: str) -> tuple[int, str]:
    """How many words the rank at the beginning has, and which it is."""
    tokens(text)
    size = rank_length(public(), WORDS, TOKENS, 0, int(TOKENS.count[0]))
    return size, ranks()[rank_of(public(), WORDS, TOKENS, 0, size)]


def test_words_have_their_flags_and_others_none() -> None:
    for words, flag in (
        (PARTICLES, PARTICLE), (TITLES, TITLE), ({b"mc", b"mac"}, KEPT), (OPENERS, OPENER),
        (LABELS, LABEL), ({word.encode() for word in police_words}, POLICE),
    ):  # fmt: skip
        assert all(flags(word.decode()) & flag for word in words)
    assert flags("march") == flags("sept") == MONTH
    assert flags("blenkinsop") == flags("zoe") == 0


def test_every_phrase_of_a_rank_is_found() -> None:
    """With every prefix too; single letters alone only before a number."""
    dice = random.Random(1)
    parts = rank_parts()
    for phrase in parts.phrases:
        before = [dice.choice((*words, "")) for words in parts.before]
        for text in (phrase, " ".join((*filter(None, before), phrase))):
            words = text.split()
            if len(words) > 4:
                continue
            wanted = rank(text)
            size, name = named(f"{text} 1234")
            if wanted is not None:
                assert (size, name) == (len(words), wanted), text
            assert all(flags(word) & RANKISH for word in words)


@pytest.mark.parametrize(
    "text", ["sergant", "inspectors", "superintendant", "constibles", "comissioner"]
)
def test_a_long_word_may_be_mistyped(text: str) -> None:
    """As `rank` has it: one edit, the first letter right, eight letters or more."""
    assert named(f"{text} Smith") == ((1, rank(text)) if rank(text) else (0, ""))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Det. Ch. Supt. Jones", (3, "chief superintendent")), ("T/DS Jones", (2, "sergeant")),
        ("PC Jones", (1, "constable")), ("P.C. 1234 Jones", (2, "constable")), ("D. S. Smith", (0, "")),
        ("Chief, Constable", (0, "")), ("Chief\nConstable", (0, "")), ("Jones PC", (0, "")),
        ("commanders Jones", (0, "")), ("Acting Detective Inspector X", (3, "inspector")),
    ],
)  # fmt: skip
def test_the_longest_rank_is_taken(text: str, found: tuple[int, str]) -> None:
    """Over points and slashes, not over commas or ends of lines."""
    assert named(text) == found


def test_ranks_alone_are_flagged() -> None:
    assert all(
        bool(flags(word) & RANK) == (rank(word) is not None)
        for word in ("pc", "sergeant", "seargent", "inspectors", "chief", "smith", "t")
    )


def test_where_signs_may_be_a_word_says_so() -> None:
    """Of whatever words alone make a sign, one has the flag: `signs` need not be asked elsewhere."""
    spelled = {
        "home address", "lives at", "living at", "resides", "dob", "d.o.b", "date of birth", "born in",
        "birthday", "number plate", "registration", "drives a", "next of kin", "nok", "wife", "husband",
        "sons", "daughter", "his kids", "her children", "his mother", "her family", "kill him",
        "killing them", "burn it", "burn her down", "petrol bomb", "shoot", "get him", "deserves it",
        "deserve to die", "watch your back", "target", "targeted", "knows where he lives",
        "pay them a visit", "scum", "bastard", "12 mill lane", "4 long road", "1 the avenue",
    }  # fmt: skip
    for text in spelled:
        assert around.signs(f"at {text}, ".encode()), text
        assert any(flags(word) & SIGN for word in re.findall("[a-z]+", text)), text


def test_the_memory_of_public_words_is_not_full() -> None:
    """A look-up ends at the first free place."""
    table = public()
    assert (table.a != 0).sum() < table.a.size // 2
    assert (table.phrase != 0).sum() < table.phrase.size // 2
    assert isinstance(table.a, type(arrays.tokens(1).start))
