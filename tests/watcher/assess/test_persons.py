"""The person level: E = records tried × 2^−bits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.watcher.assess.tallies import (
    mail,
    name,
    number,
    record,
    roll,
    roster,
)
from watcher.assess import assess
from watcher.assess.case import Case
from watcher.assess.persons import named
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Match, Officer, Record, Severity, Sign, Tally


def judged(*records: Record, tried: int = 1, officers: Sequence[Officer] = ()) -> Finding | None:
    return assess(
        Tally(records=records, tried=tried), officers=officers or roster(), settings=Matching()
    )


def test_a_rank_number_and_name_alert() -> None:
    """“PC 1234 Name”: 16 bits suffice in a police context."""
    found = judged(record(17, name(3, 8), number(3), signs={Sign.POLICE}))
    assert found
    assert (found.severity, found.rule, found.title) == (
        Severity.HIGH,
        "person",
        "Officer named with number",
    )
    assert found.officers == ("ref-00003",)
    assert (found.count, found.rows, found.places) == (1, 1, ("line 17",))
    assert found.fields == ("pay_number", "name")


def test_a_name_and_a_year_do_not() -> None:
    """“Name 1987” in a genealogy: the same 16 bits without a context are counted, not sent."""
    found = judged(record(17, name(3, 8), number(3)), tried=40)
    assert found
    assert (found.severity, found.officers, found.count) == (Severity.INFO, (), 0)


def test_enough_bits_need_no_context() -> None:
    found = judged(record(17, name(3, bits=9.0), number(3, bits=17.0)))
    assert found
    assert found.severity is Severity.HIGH


@pytest.mark.parametrize(("tried", "sure"), [(1, True), (60, True), (120, False)])
def test_chances_taken_count(tried: int, *, sure: bool) -> None:
    """A long document has more accidents: E grows with the records tried."""
    tally = Tally(records=(record(1, name(3), number(3), signs={Sign.POLICE}),), tried=tried)
    (found,) = named(Case.of(tally, roster()))
    assert found.chance == pytest.approx(tried * 2**-16.3)
    assert found.sure is sure


@pytest.mark.parametrize(
    ("carriers", "around", "tried", "sure"),
    [
        (1, [], 240, True),  # `PC 33938 Howell` in a change log
        (275, [], 240, False),  # `PC 33938 Jones`
        (1, [1 / 90_000] * 120, 240, False),  # names of ours all around, beside such numbers
        (1, [1 / 9_000] * 60, 240, True),  # beside numbers of four digits: no rival of five
        (1, None, 240, False),  # nobody knows
    ],
)
def test_a_rare_surname_is_worth_what_it_is(
    carriers: int, around: list[float] | None, tried: int, *, sure: bool
) -> None:
    """Five digits beside it; the mean surname has 7.5 carriers."""
    accidents = None if around is None else Tally.by_bits([*around, carriers / 90_000])
    howell = Match(officers=(3,), field="surname", family=Family.NAME, bits=-2.9, carriers=carriers)
    row = record(1, howell, number(3, bits=16.46), signs={Sign.POLICE})
    tally = Tally(records=(row,), tried=tried, accidents=accidents)
    found = assess(tally, officers=roster(), settings=Matching())
    assert found
    assert (found.severity >= Severity.HIGH) is sure


def test_a_year_is_no_number_whatever_the_name() -> None:
    """“Howell 1987”: a weak number is worth little, however rare the name beside it."""
    row = record(1, name(3, bits=9.0), number(3, bits=3.0), signs={Sign.POLICE})
    tally = Tally(records=(row,), tried=40, accidents=Tally.by_bits([1 / 8]))
    found = assess(tally, officers=roster(), settings=Matching())
    assert found is None or found.severity is Severity.INFO


def test_name_and_address_are_one_family() -> None:
    """However many bits both have: an address is made from the name."""
    found = judged(record(1, name(3, bits=30.0), mail(3, bits=30.0), signs={Sign.POLICE}))
    assert found
    assert found.severity is Severity.INFO


def test_three_persons_are_critical() -> None:
    """Three records, jointly 40 bits."""
    rows = [record(at, name(at), number(at), signs={Sign.POLICE}) for at in (1, 2, 3)]
    found = judged(*rows)
    assert found
    assert (found.severity, found.count, found.title) == (
        Severity.CRITICAL,
        3,
        "3 officers named with number",
    )
    assert found.bits == pytest.approx(3 * 16.3)
    few = judged(*rows, tried=16)  # three times four bits less
    assert few
    assert few.severity is Severity.HIGH
    two = judged(*rows[:2])
    assert two
    assert two.severity is Severity.HIGH


def test_one_person_three_times_is_one_person() -> None:
    rows = [record(at, name(3), number(3), signs={Sign.POLICE}) for at in (1, 2, 3)]
    found = judged(*rows)
    assert found
    assert (found.severity, found.count) == (Severity.HIGH, 1)


def test_a_high_risk_group_is_critical() -> None:
    row = record(1, name(3), number(3), signs={Sign.FORCE})
    found = judged(row, officers=roster(risk=[3]))
    assert found
    assert found.severity is Severity.CRITICAL
    assert found.reasons[0] == "1 officer of a high-risk group"


def test_a_person_in_a_hidden_sheet_counts_higher() -> None:
    tally = Tally(
        records=(record(5, name(3), number(3), where="S", signs={Sign.POLICE}),),
        rolls=(roll([0, 1, 0], where="S", first=4, columns=("name",), cells=True, hidden=True),),
    )
    found = assess(tally, officers=roster(), settings=Matching())
    assert found
    assert (found.severity, found.title) == (
        Severity.CRITICAL,
        "Officer named with number in a hidden worksheet",
    )
    assert found.places == ("S!A5:A5",)


@pytest.mark.parametrize(
    ("people", "tried", "promoted"),
    [
        (200, 200, True),
        (5, 200, True),
        (5, 5, True),
        (2, 4000, False),
        (1, 200, False),
    ],
)
def test_many_records_are_judged_together(people: int, tried: int, *, promoted: bool) -> None:
    """A name and a number of eight digits: 19 bits, an accident in 2,600 tries, outside any police context."""
    rows = [record(at, name(at), number(at, bits=16.0)) for at in range(people)]
    found = judged(*rows, tried=tried)
    assert found
    if promoted:
        assert (found.severity, found.count) == (Severity.CRITICAL, people)
        assert found.bits >= 40
    else:
        assert (found.severity, found.count) == (Severity.INFO, 0)


def test_one_officer_in_many_records_is_not_many() -> None:
    rows = [record(at, name(3), number(3)) for at in range(50)]
    found = judged(*rows, tried=50)
    assert found
    assert (found.severity, found.count) == (Severity.INFO, 0)


def test_accidents_of_a_long_document_are_no_persons() -> None:
    """As many agreements as a document of this length lets expect, and twice as many."""
    tried = 2**18  # 3.25 accidents of 16.3 bits
    for people in (3, 6):
        rows = [record(at, name(at), number(at)) for at in range(people)]
        assert judged(*rows, tried=tried) is None


def test_innocent_documents_are_not_promoted() -> None:
    """Names and numbers drawn at random: an accident now and then, as many as expected."""
    random = np.random.default_rng(5)
    officers, rows = 1000, 8000
    # 3,000 of the 8,000 have an enrolled name, one number in ten is of the enrolled series
    for _ in range(12):
        places = np.sort(random.permutation(rows)[:3000]).tolist()
        names = random.integers(0, officers, 3000).tolist()
        owners = random.integers(0, 10 * officers, rows).tolist()
        whose = dict(zip(places, names, strict=True))
        tally = Tally(
            records=tuple(
                record(at, name(who), *([number(who)] if owners[at] == who else []))
                for at, who in zip(places, names, strict=True)
            ),
            rolls=(
                roll(
                    [at in whose for at in range(rows)],
                    officers=[(whose.get(at, 0),) for at in range(rows)],
                    chance=0.5,
                    first=0,
                ),
                roll(
                    [each < officers for each in owners],
                    officers=[(each,) for each in owners],
                    family=Family.NUMBER,
                    chance=0.2,
                    first=0,
                ),
            ),
            tried=rows,
        )
        found = assess(tally, officers=roster(officers), settings=Matching())
        assert found is None or found.severity is Severity.INFO


def test_the_weaker_record_in_a_police_context_counts_there() -> None:
    """Of two records of one officer each is judged by the bound of its own place."""
    rows = [record(at, name(at), number(at, bits=9.0), signs={Sign.POLICE}) for at in range(4)]
    more = [record(at + 10, name(at), number(at, bits=9.5)) for at in range(4)]
    found = judged(*rows, *more, tried=8)
    assert found
    assert (found.rule, found.count) == ("person", 4)


def test_namesakes_with_one_number_are_possible() -> None:
    """What a row cannot tell apart is a group, and counts once."""
    found = judged(record(1, name(3, 8), number(8, 3), signs={Sign.POLICE}))
    assert found
    assert (found.officers, found.possible, found.count) == ((), (("ref-00003", "ref-00008"),), 1)


def test_of_two_readings_the_first_is_told() -> None:
    """Where a reader can look it up, and once, however much stronger the second one is."""
    strong = record(5, name(3, bits=12.0), number(3), where="raw", signs={Sign.POLICE})
    first = record(2, name(3), number(3), where="text", signs={Sign.POLICE})
    echo = roll([True], where="raw", officers=[(3,)], echo=True)
    found = assess(
        Tally(records=(strong, first), rolls=(echo,), tried=1),
        officers=roster(),
        settings=Matching(),
    )
    assert found
    assert (found.places, found.rows) == (("text, line 2",), 1)
