"""Words, looked up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people import lexicon
from matchers.people.enrolling import enrol
from matchers.people.kernel.opening import opened as index_of
from matchers.people.lexicon import Lexicon
from matchers.people.siphash import halves
from matchers.people.tables import FORENAME, SURNAME, check
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


def test_near_names_of_a_roster() -> None:
    """Each enrolled name is near itself, and others of its role at one edit."""
    found = [
        Person(ref=str(i), forename=forename, surname=surname)
        for i, (forename, surname) in enumerate(
            [("Imogen", "Golightly"), ("Imogene", "Golightley"), ("Golightly", "Imogen")]
        )
    ]
    tables = enrol(found, KEY, ())
    near = lexicon.near(tables, KEY, [b"golightly", b"golightley", b"zzz"], FORENAME)
    said = {
        (token, edits)
        for token, edits in zip(near.token.tolist(), near.edits.tolist(), strict=True)
    }
    assert said == {(0, 0), (1, 1)}
    near = lexicon.near(tables, KEY, [b"golightly", b"golightley", b"zzz"], SURNAME)
    assert near.token.tolist() == [0, 0, 1, 1]
    assert sorted(near.edits.tolist()) == [0, 0, 1, 1]
    assert set(near.role.tolist()) == {SURNAME}


def test_an_index_that_is_open_already_is_asked_as_well() -> None:
    tables = check(enrol([Person(ref="a", forename="Imogen", surname="Golightly")], KEY, ()))
    assert Lexicon.of(index_of(tables, KEY)).words([b"imogen"]) == Lexicon(tables, KEY).words(
        [b"imogen"]
    )
