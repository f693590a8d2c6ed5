"""The one property, and what holds for any text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matchers.people.crowd import DOMAIN, KEY, OTHER, anybody, people, recogniser
from watcher.api import CELL, ROW, Part, Person, Recogniser, Tally

CROWD = people(50)
READER = recogniser(CROWD)
OTHERS = "\n".join(f"{name} Xyzzy" for name in ("Abel", "Bruno", "Carlo", "Dario", "Egon"))


def officers(tally: Tally) -> set[int]:
    return {each for record in tally.records for match in record.matches for each in match.officers}


def table(*rows: tuple[str, ...]) -> Part:
    text = "".join("".join(cell + CELL for cell in row) + ROW for row in rows)
    return Part(where="", text=text, table=True)


def renderings(person: Person) -> list[Part]:
    """Every form in which a person is promised to be found."""
    f, s, number = person.forename, person.surname, person.numbers[0][1]
    i, m = f[:1], person.middle[:1]
    lines = [
        f"{s.upper()}, {f}", f"{s}, {f}", f"{s.upper()} {f} {person.middle}", f"{s} {i}", f"{i} {s}",
        f"{i}. {m}. {s}" if m else f"{i}. {s}", f"{i}.{s}", f"{s},{i}.", f"PC 1234 {f} {s}",
        f"T/DS {s} {number}", f"{f} {s}", f"{f} {person.middle} {s}", f"{f} {s}".lower(),
        f"{f} {s}".upper(), number, f"Pay no. {number}", person.emails[0], f"{person.emails[0]}:hunter22",
    ]  # fmt: skip
    parts = [Part(where="", text=f"{line}\n{OTHERS}") for line in lines]
    parts.extend((
        table(("Surname", "Forename"), (s, f)),
        table(("Surname", "Initials", "Rank"), (s, i + m, "PC")),
        table(("Name", "Pay No"), (f"{f} {s}", "")),
        table(("Name", "Pay No"), (f"{s}, {f}", "")),
        table(("Rank", "Pay No"), ("PC", number)),
        table(("Email", "Grade"), (person.emails[0], "")),
        Part(where="", text=f"Then, it is said, PC {number} {f} {s} went into the house and left it again."),
        Part(where="", text=f"then, it is said, pc {number} {f} {s} went into the house.".lower()),
        Part(where="", text=f"They wrote to {person.emails[0].upper()} about the matter at hand."),
        Part(where="", text=f"PayNo,Rank,Forename,Surname\n{number},PC,{f},{s}\n"),
    ))  # fmt: skip
    return parts


def found(reader: Recogniser, person: Person) -> list[str]:
    """The texts in which this person is found."""
    return [part.text for part in renderings(person) if 0 in officers(reader.match(part))]


@settings(max_examples=60, deadline=None)
@given(anybody())
def test_whatever_is_enrolled_is_found(person: Person) -> None:
    """One a line in every order convention, in tables, in prose, by e-mail."""
    assert found(recogniser([person]), person) == [part.text for part in renderings(person)]


@settings(max_examples=15, deadline=None)
@given(anybody())
def test_another_key_finds_nothing(person: Person) -> None:
    """Tables opened under a key that is not theirs hold nobody."""
    from matchers.people import People
    from watcher.api import Watch

    matcher = People(Watch(domains=(DOMAIN,)))
    assert not found(matcher.load(matcher.enrol([person], KEY), OTHER), person)


PIECES = st.sampled_from(
    [
        "PC ", "4321", "smith", "Golightly", "Imogen ", "\n", " ", ",", "\t", ";", "@", "a@b.example:",
        "@northshire.police.example", "\u0301", "\ud800", "𝐉", "'", "-", "\x1e", "\x1f", "\x00", "²", "\u2028",
        "\x85", "Surname", "İ", "ß", '"', "|", "0" * 30, "x" * 70,
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)), st.booleans())
def test_no_text_is_an_error(text: str, is_table: bool) -> None:
    """Whatever a page holds, as text and as a table; and a second call says the same."""
    part = Part(where="", text=text, table=is_table, overlap=len(text) // 3)
    assert READER.match(part) == READER.match(part)


def test_innocent_lists_meet_no_more_than_is_expected() -> None:
    """
    Strangers' names, drawn from three other distributions than the roster's:
    the sum of the rows' chances is not below the number that matched.
    """
    dice = random.Random(4)
    roster = people(400, seed=2)
    reader = recogniser(roster)
    forenames = sorted({person.forename for person in roster})
    surnames = sorted({person.surname for person in roster})
    alike = [f"{dice.choice(forenames)} {dice.choice(surnames)}" for _ in range(300)]
    namesakes = [f"{dice.choice(forenames)} {surnames[0]}" for _ in range(300)]
    foreign = [
        f"{dice.choice(('Wanjiru', 'Ayodele', *forenames[:3]))} {dice.choice(('Kamau', *surnames[:4]))}"
        for _ in range(300)
    ]
    for lines in (alike, namesakes, foreign):
        (roll,) = reader.match(Part(where="", text="\n".join(lines))).rolls
        assert len(roll.hit) == 300
        assert sum(roll.chance) >= sum(roll.hit)


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_lines_cut_alike_are_a_table(separator: str) -> None:
    """Pasted exports have headings too; rows are counted by lines."""
    rows = [separator.join(("Surname", "Forename", "Pay No"))]
    rows += [separator.join((p.surname, p.forename, p.numbers[0][1])) for p in CROWD[:9]]
    tally = READER.match(Part(where="", text="\n".join(rows)))
    assert [record.number for record in tally.records] == list(range(2, 11))
    assert all(len(record.matches) >= 2 for record in tally.records)


def test_nothing_of_nothing() -> None:
    assert READER.match(Part(where="", text="  \n ")) == Tally()
