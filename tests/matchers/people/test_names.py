"""Under which names people are filed."""

from __future__ import annotations

import pytest
from hypothesis import given

from matchers.people.names import BARE, MOST_PAIRS, _letters, names, names_of, surnames
from tests.matchers.people.crowd import anybody, people
from watcher.api import Person


def pairs(**fields: str) -> set[tuple[bytes, bytes]]:
    return set(names(Person(ref="r", **fields)).pairs)  # type: ignore[arg-type]  # text fields only


@pytest.mark.parametrize(
    ("printed", "filed"),
    [
        ("O'Neill", "oneill neill"),
        ("Ó Néill", "oneill neill"),
        ("McDonald", "mcdonald macdonald mdonald"),
        ("Mc Donald", "mcdonald macdonald"),
        ("MacDonald", "macdonald mcdonald"),
        ("M'Donald", "mdonald"),
        ("Ní Dhónaill", "nidhonaill odonaill donaill"),
        ("Nic Dhómhnaill", "macdomhnaill mcdomhnaill"),
        ("Smith-Jones", "smithjones smith jones"),
        ("Smith Jones", "smithjones smith jones"),
        ("de la Cruz", "delacruz lacruz cruz"),
        ("van der Berg", "vanderberg berg"),
        ("al-Hassan", "alhassan hassan"),
        ("Kowalski", "kowalski kowalska"),
        ("Kowalska", "kowalska kowalski"),
        ("Müller", "muller mueller"),
        ("Weiß", "weis weiss"),
        ("Ørsted", "orsted oersted"),
        ("Smith QPM", "smith"),
        ("Chaudhry", "chaudhry choudhury chowdhury"),
        ("Hussain", "hussain hussein"),
    ],
)
def test_surnames(printed: str, filed: str) -> None:
    assert set(filed.encode().split()) <= set(surnames(printed))


def test_mac_is_never_left_out() -> None:
    """McDonald is not Donald, written together or apart."""
    for printed in ("McDonald", "Mc Donald", "Mac Donald"):
        assert b"donald" not in surnames(printed)


def test_forenames_in_all_their_forms() -> None:
    """As printed, known as, second forename, nickname, initials, leading Mohammed left out."""
    found = pairs(forename="Robert", middle="Liam", surname="Inskip", known_as="Ozzy")
    for name in ("robert", "liam", "ozzy", "bob", "r", "rl", "o"):
        assert (name.encode(), b"inskip") in found
    found = pairs(forename="Mohammed Tariq", surname="Okonkwo")
    for name in ("mohammed", "muhammad", "tariq", "t", "m"):
        assert (name.encode(), b"okonkwo") in found
    assert (b"maryann", b"inskip") in pairs(forename="Mary-Ann", surname="Inskip")


def test_names_that_are_shortened_or_used_as_the_last() -> None:
    """Oluwaseun is Seun, and Harpreet Singh Dhillon may be Harpreet Singh."""
    found = pairs(forename="Oluwaseun", surname="Okonkwo")
    assert {(b"seun", b"okonkwo"), (b"olu", b"okonkwo")} <= found
    found = pairs(forename="Harpreet", middle="Singh", surname="Dhillon")
    assert {(b"harpreet", b"dhillon"), (b"harpreet", b"singh")} <= found
    assert (b"una", b"rhys") not in pairs(forename="Una", middle="Rhys", surname="Inskip")


def test_a_roster_is_spelled_as_its_people_are() -> None:
    """And what was remembered for it is forgotten."""
    found = people(40)
    assert names_of(found) == [names(person) for person in found]
    names_of(found)
    assert _letters.cache_info().currsize == 0


def test_previous_surname() -> None:
    found = pairs(forename="Una", surname="Inskip", previous_surname="Golightly")
    assert {(b"una", b"inskip"), (b"una", b"golightly")} <= found


def test_only_an_initial_is_filed_as_such() -> None:
    assert (b"j" + BARE, b"inskip") in pairs(forename="J", surname="Inskip")
    assert (b"j" + BARE, b"inskip") not in pairs(forename="Jo", surname="Inskip")


def test_no_surname_no_pairs() -> None:
    assert not pairs(forename="Una")
    assert not pairs(surname="Inskip")


@given(anybody())
def test_what_is_printed_comes_first_and_survives_the_cap(person: Person) -> None:
    found = names(person)
    assert 1 <= len(found.pairs) <= MOST_PAIRS
    assert found.pairs[0] == (found.first, found.surname)
    assert (found.initial, found.surname) in found.pairs
