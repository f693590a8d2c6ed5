"""Rank and name: a namesake of the same rank is not rare."""

from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import name, place, rank, record, roll, roster
from watcher.assess import assess
from watcher.config.settings import Matching
from watcher.model import Finding, Record, Severity, Sign, Tally


def judged(*records: Record) -> Finding | None:
    return assess(Tally(records=records, tried=1), officers=roster(), settings=Matching())


@pytest.mark.parametrize("sign", [Sign.ADDRESS, Sign.PHONE, Sign.VEHICLE, Sign.KIN, Sign.THREAT])
def test_rank_and_name_with_home_data(sign: Sign) -> None:
    """At most two carriers: told as possible where they cannot be told apart."""
    found = judged(record(1, name(3, 8), rank(3, 8, bits=0.5), signs={sign}))
    assert found
    assert (found.severity, found.rule) == (Severity.HIGH, "person")
    assert found.possible == (("ref-00003", "ref-00008"),)
    assert found.count == 1


def test_home_data_in_a_hidden_table_counts_higher() -> None:
    tally = Tally(
        records=(record(2, name(3), rank(3), where="S", signs={Sign.ADDRESS}),),
        rolls=(roll([0, 1], where="S", hidden=True, officers=[(), (3,)]),),
    )
    found = assess(tally, officers=roster(), settings=Matching())
    assert found
    assert (found.severity, found.rule) == (Severity.CRITICAL, "person")


def test_a_common_name_with_home_data_is_no_person() -> None:
    assert judged(record(1, name(3, 8, 9), rank(3, 8, 9), signs={Sign.ADDRESS})) is None
    assert judged(record(1, name(3), signs={Sign.ADDRESS})) is None


def test_rank_and_name_where_police_is_spoken_of() -> None:
    """Info, and nobody is named: a namesake would be, of whatever force."""
    found = judged(record(1, name(3), rank(3), signs={Sign.POLICE}))
    assert found
    assert (found.severity, found.rule, found.officers) == (Severity.INFO, "mention", ())
    assert judged(record(1, name(3), rank(3))) is None
    assert judged(record(1, name(3), signs={Sign.POLICE})) is None


def test_rank_and_name_with_the_unit_or_the_force_are_low() -> None:
    """The unit is the officer's as well, or the piece names the watched force; nobody is named."""
    unit = record(1, name(3), rank(3), place(3), signs={Sign.POLICE})
    force = record(1, name(3), rank(3), signs={Sign.POLICE, Sign.FORCE})
    plain = record(1, name(3), rank(3), signs={Sign.POLICE})
    here = Tally(records=(plain,), signs=(("", frozenset({Sign.FORCE})),))
    there = Tally(records=(plain,), signs=(("b", frozenset({Sign.FORCE})),))
    for tally in (Tally(records=(unit,)), Tally(records=(force,)), here):
        found = assess(tally, officers=roster(), settings=Matching())
        assert found
        assert (found.severity, found.rule, found.officers) == (Severity.LOW, "mention", ())
    elsewhere = assess(there, officers=roster(), settings=Matching())
    assert elsewhere
    assert elsewhere.severity is Severity.INFO
    other = record(1, name(3), rank(3, bits=-1.0), place(3), signs={Sign.POLICE, Sign.FORCE})
    found = judged(other)
    assert found
    assert found.severity is Severity.INFO


@pytest.mark.parametrize(
    ("sign", "loud"), [(Sign.ADDRESS, True), (Sign.KIN, False), (Sign.THREAT, False)]
)
def test_family_beside_a_namesake_of_another_rank_says_nothing(sign: Sign, *, loud: bool) -> None:
    """“… as DCI George McCallum”, and somebody's mother near: an address is told all the same."""
    row = record(1, name(3), rank(3, bits=-1.0), signs={Sign.POLICE, sign})
    page = Tally(records=(row,), signs=(("", frozenset({Sign.POLICE})),))
    found = assess(page, officers=roster(), settings=Matching())
    assert found
    assert (found.severity >= Severity.HIGH) is loud


def test_a_rank_that_is_none_says_nothing() -> None:
    """“Name, Eskmouth AC”: no officer of that name is assistant commissioner."""
    runner = record(1, name(3), rank(3, bits=-1.0), signs={Sign.POLICE})
    home = record(1, name(3), rank(3, bits=-1.0), signs={Sign.POLICE, Sign.ADDRESS})
    assert judged(runner) is None
    assert judged(home) is None
    page = Tally(records=(runner,), signs=(("", frozenset({Sign.POLICE})),))
    found = assess(page, officers=roster(), settings=Matching())
    assert found
    assert (found.severity, found.rule) == (Severity.INFO, "mention")
