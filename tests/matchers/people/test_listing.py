"""Lists in plain text: rows that are worth a record."""

from __future__ import annotations

import pytest

from matchers.people.kernel import lines
from tests.matchers.people.crowd import DOMAIN, engine, people, recogniser
from watcher.api import CELL, ROW, Family, Part, Sign

CROWD = people(60)
READER = recogniser(CROWD)
ENGINE = engine(CROWD)


def members(text: str) -> int:
    """How many lines of a text are rows of a list."""
    desk = ENGINE.desk()
    desk.begin()
    pieces, _ = desk.pieces(desk.lay_out(text))
    lines.shapes(
        pieces, desk.words, desk.tokens, desk.public, desk.numbers, desk.mails, desk.chosen[0],
        desk.rank, desk.wanted,
    )  # fmt: skip
    lines.listed(pieces)
    return int((pieces.member != 0).sum())


@pytest.mark.parametrize(
    "line",
    ["{0.forename} {0.surname}", "{0.surname}, {0.forename}", "PC {0.forename} {0.surname}",
     "{0.emails[0]}:hunter22", "{0.numbers[0][1]}", "- {0.forename} {0.surname} ({0.numbers[1][1]})"],
)  # fmt: skip
def test_one_entry_a_line_is_a_list(line: str) -> None:
    """Told by the shape of the lines: the people need not be enrolled."""
    lines = [line.format(person) for person in people(12, seed=9)]
    assert members("\n".join(lines)) == 12
    assert members("\n".join([*lines, "and a line of text that names nobody at all"])) == 12


def test_prose_is_none() -> None:
    prose = """It was a bright cold day in April,
    and the clocks were striking thirteen. Winston Smith,
    his chin nuzzled into his breast in an effort to escape
    the vile wind, slipped quickly through the glass doors
    of Victory Mansions, though not quickly enough"""
    assert not members(prose)
    assert not members("hello\nworld\n")


def test_every_line_is_counted_whether_it_matches_or_not() -> None:
    """The denominator comes from structure: strangers and ours alike."""
    lines = [f"{person.forename} {person.surname}" for person in CROWD[:10]]
    lines += ["Nobody Wehave", "Someone Elsewhere"]
    tally = recogniser(CROWD).match(Part(where="", text="\n".join(lines)))
    (roll,) = tally.rolls
    assert roll.family is Family.NAME
    (segment,) = roll.segments
    assert (len(segment.keys), list(segment.gaps), segment.tail) == (10, [0] * 10, 2)
    assert list(segment.numbers) == list(range(1, 11))
    assert (segment.first, segment.last, segment.entries) == (1, 12, 12)
    assert segment.expected == 0
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
    assert tally.rolls[0].entries == 6


def test_a_password_of_ours_is_told_among_thousands() -> None:
    """However little the list says as a list."""
    strangers = [f"user{at}@mail{at % 90}.example:{at * 7919:08x}" for at in range(3_000)]
    strangers[1234] = f"{CROWD[0].emails[0]}:marmalade-7"
    (record,) = READER.match(Part(where="", text="\n".join(strangers))).records
    assert record.number == 1235
    assert Sign.SECRET in record.signs


def test_the_next_column_of_a_headed_table_is_no_password() -> None:
    """Headings say what stands behind the address."""
    person = CROWD[0]
    name = f"{person.forename} {person.surname}"
    for heading, cell, secret in (
        ("Department", "Roads Policing", False),
        ("Password", "marmalade-7", True),
        ("x", "marmalade-7", True),
    ):
        rows = [("Name", "E-mail", heading), *3 * [(name, person.emails[0], cell)]]
        text = "".join("".join(f"{each}{CELL}" for each in row) + ROW for row in rows)
        records = READER.match(Part(where="", text=text, table=True)).records
        assert {Sign.SECRET in each.signs for each in records} == {secret}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"press@{DOMAIN}:marmalade-7", True),
        (f"press@{DOMAIN.replace('police', 'pnn.police')}:marmalade-7", True),
        (f"press@{DOMAIN}", False),
        ("press@kent.police.uk:marmalade-7", False),
        (f"{CROWD[3].emails[0]}:marmalade-7", False),
        (f"{CROWD[3].numbers[1][1]}@{DOMAIN}:marmalade-7", False),
    ],
)
def test_a_password_at_an_own_domain_is_told_whoever_has_it(line: str, *, told: bool) -> None:
    """A mailbox that nobody enrolled; not another force's, and not twice if it is an officer's."""
    text = "\n".join([*(f"user{at}@mail.example:{at:08x}" for at in range(40)), line])
    records = READER.match(Part(where="", text=text)).records
    strange = [record for record in records if not record.matches]
    assert [(each.number, Sign.SECRET in each.signs) for each in strange] == [(41, True)] * told


def test_the_number_of_an_officer_at_an_own_domain_is_a_mailbox() -> None:
    for domain, told in ((DOMAIN, True), ("kent.police.uk", False)):
        text = f"x\n{CROWD[3].numbers[1][1]}@{domain}:marmalade-7\n"
        (record,) = READER.match(Part(where="", text=text)).records
        assert record.matches[0].family is Family.NUMBER
        assert (Sign.MAILBOX in record.signs) is told
