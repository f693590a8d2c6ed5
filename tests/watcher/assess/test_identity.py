from __future__ import annotations

from itertools import permutations

from tests.watcher.assess.tallies import mail, name, number, place, rank, supplier
from watcher.assess.identity import WORST, holding, identities
from watcher.model import Family


def test_a_name_alone_is_all_its_namesakes() -> None:
    (found,) = identities([name(3, 7, 9, bits=2.5)])
    assert found.officers == {3, 7, 9}
    assert found.kinds == {Family.NAME}
    assert (found.carriers, found.bits) == (3, 2.5)
    assert not found.paired


def test_a_number_tells_namesakes_apart() -> None:
    (found,) = identities([name(3, 7, 9, bits=2.5), number(7, bits=13.0)])
    assert found.officers == {7}
    assert found.paired
    assert (found.bits, found.spoken, found.numbered) == (15.5, 2.5, 13.0)


def test_name_and_address_never_multiply() -> None:
    """An address is made from the name: the larger of the two counts."""
    (found,) = identities([name(3, bits=3.0), mail(3, bits=11.0)])
    assert found.bits == 11.0
    assert not found.paired
    (found,) = identities([name(3, bits=3.0), mail(3, bits=11.0), number(3, bits=13.0)])
    assert found.bits == 24.0
    assert found.paired


def test_two_numbers_never_multiply() -> None:
    """One match of each independent family."""
    (found,) = identities(
        [name(3), number(3, bits=13.0), number(3, bits=9.0, field="collar_number")]
    )
    assert found.bits == 16.0


def test_a_contradiction_costs_two_bits_at_most() -> None:
    """Rank and unit go out of date."""
    (found,) = identities([name(3), number(3), rank(3, bits=-9.0), place(3, bits=-0.5)])
    assert found.bits == 3.0 + 13.3 + WORST - 0.5
    assert found.ranked
    assert Family.RANK not in found.kinds


def test_a_rank_tells_namesakes_apart() -> None:
    (found,) = identities([name(3, 7), rank(7, bits=2.0)])
    assert found.officers == {7}
    assert found.kinds == {Family.NAME, Family.RANK}


def test_a_number_of_somebody_else_is_somebody_else() -> None:
    """Identifiers that have nobody in common never meet."""
    found = identities([name(3), number(8)])
    assert {each.officers for each in found} == {frozenset({3}), frozenset({8})}
    assert not any(each.paired for each in found)


def test_several_people_in_one_line() -> None:
    """Each name goes with its own number, whatever the order of the matches."""
    line = [name(1, 2), name(3), number(2), number(3)]
    for order in permutations(line):
        found = identities(order)
        assert {each.officers for each in found} == {frozenset({2}), frozenset({3})}
        assert all(each.paired for each in found)


def test_an_address_with_a_number_is_a_person() -> None:
    (found,) = identities([mail(4), number(4)])
    assert found.paired


def test_kinds_are_found_by_what_they_hold() -> None:
    (found,) = identities([name(3), number(3), rank(3)])
    assert found.kinds in holding(Family.NAME, Family.NUMBER)
    assert found.kinds not in holding(Family.MAIL)


def test_nobody_is_nobody() -> None:
    assert identities([]) == ()
    assert identities([supplier()]) == ()
    assert identities([rank(1, 2, 3)]) == ()
