"""The one property, and what holds for any text."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.words import PARTICLES, words
from tests.matchers.people.crowd import (
    DOMAIN,
    KEY,
    OTHER,
    anybody,
    hits,
    officers,
    people,
    recogniser,
    table,
)
from watcher.api import Family, Part, Person, Recogniser, Tally

CROWD = people(50)
READER = recogniser(CROWD)
OTHERS = "\n".join(f"{name} Xyzzy" for name in ("Abel", "Bruno", "Carlo", "Dario", "Egon"))


def renderings(person: Person) -> list[Part]:
    """Every form in which a person is promised to be found."""
    f, s, number = person.forename, person.surname, person.numbers[0][1]
    i, m = f[:1], person.middle[:1]
    lines = [
        f"{s.upper()}, {f}", f"{s}, {f}", f"{s.upper()} {f} {person.middle}", f"{s} {i}", f"{i} {s}",
        f"{i}. {m}. {s}" if m else f"{i}. {s}", f"{i}.{s}", f"{s},{i}.", f"PC 1234 {f} {s}",
        f"T/DS {s} {number}", f"{f} {s}", f"{f} {person.middle} {s}", f"{f} {s}".upper(), number, f"Pay no. {number}", person.emails[0], f"{person.emails[0]}:hunter22",
    ]  # fmt: skip
    if sum(word not in PARTICLES for word in words(f"{f} {s}")) <= 2:
        lines.append(f"{f} {s}".lower())  # three small words are more often a sentence
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
        assert roll.entries == 300
        assert sum(each.expected + sum(each.chance) for each in roll.segments) >= roll.hits


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


def test_two_threads_say_what_one_says() -> None:
    """Different parts of one index, matched at once."""
    dice = random.Random(6)
    lines = [line.text for person in CROWD[:12] for line in renderings(person) if not line.table]
    parts = [
        Part(where="", text="\n".join(dice.choices(lines, k=60)), first=dice.randrange(1, 99))
        for _ in range(12)
    ]
    parts += [table(("Name", "Pay No"), *((f"{p.forename} {p.surname}", p.numbers[0][1])
                                           for p in dice.sample(CROWD, 20))) for _ in range(4)]  # fmt: skip
    alone = [READER.match(part) for part in parts]
    assert any(tally.records for tally in alone)
    reader = recogniser(CROWD)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(reader.match, parts * 3)) == alone * 3


def windows(lines: list[str], cut: int, repeated: int) -> list[Part]:
    """A text cut at a line, so many lines of the first window repeated before the second's."""
    begin = max(0, cut - repeated)
    overlap = sum(len(line) + 1 for line in lines[begin:cut])
    return [
        Part(where="", text="\n".join(lines[:cut]) + "\n"),
        Part(where="", text="\n".join(lines[begin:]), first=begin + 1, overlap=overlap),
    ]


LISTED = [f"{person.forename} {person.surname} {person.numbers[1][1]}" for person in CROWD[:20]]
LISTED[5:5] = LISTED[12:12] = ["Una Nobody", "Ugo Noone 7777", "Eda Xyzzy"]
FILLER = "nothing else of any interest was said by those who had come to the meeting that evening"
PROSE = [
    line
    for person in CROWD[:9]
    for line in (
        FILLER,
        f"and then, it is said, PC {person.numbers[1][1]} {person.forename}",
        f"{person.surname} went away from {person.emails[0]}, and so it was over for all of them",
        f"{FILLER}, with {person.forename[0]} {person.surname} and",
    )
]
CARDS = [row for person in CROWD[:20] for row in (person.forename, person.surname, "")]


@pytest.mark.parametrize("lines", [LISTED, PROSE, CARDS], ids=["list", "prose", "cards"])
def test_windows_say_what_the_whole_says(lines: list[str]) -> None:
    """Cut at any line, with a few lines repeated: the same rows are ours, and all are counted once."""
    whole = READER.match(Part(where="", text="\n".join(lines)))
    assert hits(whole)
    for cut in range(12, len(lines) - 12):
        tally = Tally.total(READER.match(part) for part in windows(lines, cut, 9))
        assert hits(tally) == hits(whole), cut
        assert counted(tally) == counted(whole), cut
        assert {record.number for record in tally.records} == {
            record.number for record in whole.records
        }, cut


def counted(tally: Tally) -> dict[Family, int]:
    return {roll.family: roll.entries for roll in tally.rolls}


# Beginnings, ends and middles of notations, and what stands between them.
_FRAGMENTS = (
    "BEGIN:VCARD", "END:VCARD", "N:Smith;Jane", "FN:Jane Smith", "dn: cn=Jane Smith", "cn: Jane Smith",
    "sn: Smith", "INSERT INTO staff (surname, pay_no) VALUES", "('Smith', 'C123456'),", ");", "COPY staff",
    "(surname, rank) FROM stdin;", "Smith\tPC", "\\.", '{"surname": "Smith",', '"pay_no": "C123456"}', "[", "],",
    "<person>", "<surname>Smith</surname>", "</person>", "Name: Jane Smith", "Rank: PC", "- surname: Smith",
    "| Smith | PC |", "+---+---+", "|---|---|", "Smith      PC     4321", "Surname    Rank   Number", "",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(_FRAGMENTS), max_size=14),
    st.sampled_from(("\n", "\r\n", "\n\n", " ")),
    st.integers(min_value=0, max_value=60),
)
def test_no_mixture_of_notations_is_too_much(
    fragments: list[str], joint: str, overlap: int
) -> None:
    """A tally comes of every text: what one notation has taken another misses, and goes on."""
    text = joint.join(fragments)
    READER.match(Part(where="", text=text, overlap=min(overlap, len(text))))
