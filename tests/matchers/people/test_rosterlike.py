"""Lists in plain text."""

from __future__ import annotations

import pytest

from matchers.people import People
from matchers.people.rosterlike import is_list
from matchers.people.tools import Tools
from matchers.people.words import clean
from tests.matchers.people.crowd import DOMAIN, KEY, people, recogniser
from watcher.api import Family, Part, Sign, Watch

CROWD = people(60)
SHAPES = Tools.open(People(Watch()).enrol(CROWD, KEY), KEY).identifiers.shapes


def listed(text: str) -> bool:
    plain, folded = clean(text)
    return is_list(plain, folded.split(b"\n"), SHAPES)


@pytest.mark.parametrize(
    "line",
    ["{0.forename} {0.surname}", "{0.surname}, {0.forename}", "PC {0.forename} {0.surname}",
     "{0.emails[0]}:hunter22", "{0.numbers[0][1]}", "- {0.forename} {0.surname} ({0.numbers[1][1]})"],
)  # fmt: skip
def test_one_entry_a_line_is_a_list(line: str) -> None:
    """Told by the shape of the lines: the people need not be enrolled."""
    assert listed("\n".join(line.format(person) for person in people(12, seed=9)))


def test_prose_is_none() -> None:
    prose = """It was a bright cold day in April,
    and the clocks were striking thirteen. Winston Smith,
    his chin nuzzled into his breast in an effort to escape
    the vile wind, slipped quickly through the glass doors
    of Victory Mansions, though not quickly enough"""
    assert not listed(prose)
    assert not listed("hello\nworld\n")
    assert not listed("")


def test_every_line_is_counted_whether_it_matches_or_not() -> None:
    """The denominator comes from structure: strangers and ours alike."""
    lines = [f"{person.forename} {person.surname}" for person in CROWD[:10]]
    lines += ["Nobody Wehave", "Someone Elsewhere"]
    tally = recogniser(CROWD).match(Part(where="", text="\n".join(lines)))
    (roll,) = tally.rolls
    assert roll.family is Family.NAME
    assert list(roll.hit) == [1] * 10 + [0] * 2
    assert list(roll.numbers) == list(range(1, 13))
    assert list(roll.chance[-2:]) == [0.0, 0.0]
    assert len(tally.records) == 10


def test_secrets_and_force_addresses_are_signs() -> None:
    text = "\n".join(f"{person.emails[0]}:pass{i}word" for i, person in enumerate(CROWD[:8]))
    tally = recogniser(CROWD).match(Part(where="w", text=text))
    assert len(tally.records) == 8
    assert all(record.signs >= {Sign.SECRET, Sign.FORCE, Sign.POLICE} for record in tally.records)
    assert dict(tally.signs)["w"] >= {Sign.FORCE, Sign.POLICE}
    assert [roll.family for roll in tally.rolls] == [Family.MAIL]
    assert DOMAIN in text


def test_a_surname_alone_beside_rank_and_number() -> None:
    text = "\n".join(f"Sgt {person.surname} {person.numbers[1][1]}" for person in CROWD[:6])
    tally = recogniser(CROWD).match(Part(where="", text=text))
    assert [record.matches[0].officers for record in tally.records] == [(i,) for i in range(6)]
    assert all("surname" in [m.field for m in record.matches] for record in tally.records)


def test_what_stood_in_the_overlap_is_not_told_again() -> None:
    lines = [f"{person.forename} {person.surname}" for person in CROWD[:10]]
    overlap = len("\n".join(lines[:4])) + 1
    part = Part(where="", text="\n".join(lines), first=101, overlap=overlap)
    tally = recogniser(CROWD).match(part)
    assert [record.number for record in tally.records] == list(range(105, 111))
    assert len(tally.rolls[0].hit) == 6
