"""Words, looked up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people import lexicon
from matchers.people.enrolling import enrol
from matchers.people.lexicon import Lexicon
from matchers.people.siphash import halves
from watcher.api import Person

KEY = halves(bytes(range(16)))


def opened() -> Lexicon:
    people = [
        Person(ref="a", forename="Imogen", surname="Golightly"),
        Person(ref="b", forename="J", surname="Solo"),
    ]
    return Lexicon(enrol(people, KEY, ()), KEY)


def test_exact_near_and_unknown() -> None:
    words = opened().words([b"imogen", b"imogne", b"golightly", b"golghtly", b"table", b"imogen"])
    assert words[b"imogen"].forename >= 0
    assert words[b"imogen"].surname < 0
    assert words[b"imogne"].forenames == (words[b"imogen"].forename,)
    assert words[b"golghtly"].surnames == (words[b"golightly"].surname,)
    assert words[b"table"] == lexicon.Word(5)


def test_digits_are_read_as_letters_too() -> None:
    words = opened().words([b"1mogen", b"g0lightly", b"go1ightly", b"golightly", b"123"])
    assert words[b"1mogen"].forename >= 0
    assert words[b"g0lightly"].surname == words[b"golightly"].surname == words[b"go1ightly"].surname
    assert words[b"123"] == lexicon.Word(3)


def test_an_initial_that_is_all_we_know_is_met_by_whole_names() -> None:
    words = opened().words([b"jennifer", b"imogen"])
    assert words[b"jennifer"].only >= 0
    assert words[b"imogen"].only < 0


@given(st.lists(st.binary(min_size=1, max_size=80), max_size=20))
def test_any_bytes_may_be_asked_for_and_memory_changes_nothing(tokens: list[bytes]) -> None:
    one = opened()
    first = one.words(tokens)
    assert set(first) == set(tokens)
    assert one.words(tokens) == first
