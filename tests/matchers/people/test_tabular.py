"""Tables: one person a row."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.cutting import TABLE, separator
from matchers.people.tabular import read as read_table
from tests.matchers.people.crowd import engine, hits, officers, people, recogniser, table
from watcher.api import ROW, Family, Part, Sign, Tally

CROWD = people(60)
READER = recogniser(CROWD)


def read(*rows: Sequence[str], **fields: object) -> Tally:
    return READER.match(table(*rows, **fields))


def row(i: int) -> list[str]:
    person = CROWD[i]
    return [
        person.surname,
        person.forename[:1] + person.middle[:1],
        person.rank,
        person.numbers[0][1],
    ]


HEADINGS = ["Surname", "Initials", "Rank", "Pay No"]


def test_every_row_is_found_by_name_and_number() -> None:
    tally = read(HEADINGS, *(row(i) for i in range(60)))
    assert [record.number for record in tally.records] == list(range(2, 62))
    for i, record in enumerate(tally.records):
        whom = [set(match.officers) for match in record.matches if match.bits > 0]
        assert set.intersection(*whom) == {i}
        assert {match.family for match in record.matches} >= {
            Family.NAME,
            Family.NUMBER,
            Family.RANK,
        }
        assert Sign.POLICE in record.signs
    assert {roll.family: roll.entries for roll in tally.rolls} == {
        Family.NAME: 60,
        Family.NUMBER: 60,
    }
    assert not any(segment.misses for roll in tally.rolls for segment in roll.segments)
    assert tally.rolls[0].columns == ("surname", "initials", "rank", "pay_number")
    assert tally.tried == 60


def test_names_and_two_of_id_rank_unit_vetting_are_a_staff_list() -> None:
    """Even if nobody in it is enrolled."""
    tally = read(HEADINGS, ["Nobody", "N", "PC", "A1"], ["Noone", "N", "PC", "A2"])
    assert Sign.STAFF_LIST in dict(tally.signs)["s"]
    assert not tally.records
    plain = read(["Name", "Town"], ["Una Nobody", "Leeds"])
    assert Sign.STAFF_LIST not in dict(plain.signs).get("s", frozenset())


def test_sensitive_columns_are_signs_of_the_piece_and_of_its_rows() -> None:
    tally = read(
        ["Name", "Home Address", "Date of birth", "Vetting"],
        [f"{CROWD[0].forename} {CROWD[0].surname}", "1 High St", "1/1/80", "DV"],
        *([f"{each.forename} {each.surname}", "", "", "MV"] for each in CROWD[1:9]),
    )
    assert dict(tally.signs)["s"] >= {Sign.ADDRESS, Sign.BIRTH, Sign.VETTING}
    assert tally.records[0].signs >= {Sign.ADDRESS, Sign.BIRTH, Sign.VETTING}
    assert Sign.ADDRESS not in tally.records[1].signs


def test_one_cell_with_rank_number_and_name() -> None:
    cells = [
        [f"PC {person.numbers[1][1]} {person.forename} {person.surname}"] for person in CROWD[:9]
    ]
    tally = read(["Officer"], *cells)
    assert len(tally.records) == 9
    assert all(len(record.matches) >= 3 for record in tally.records)


def test_rows_of_the_overlap_are_not_told_again() -> None:
    part = table(*(row(i) for i in range(10)))
    overlap = part.text.index(ROW, part.text.index(ROW) + 1) + 1
    again = table(*(row(i) for i in range(10)), header=tuple(HEADINGS), first=500, overlap=overlap)
    assert [record.number for record in READER.match(again).records] == list(range(502, 510))


def test_numbers_of_an_unknown_column_count_only_beside_their_owner() -> None:
    number = CROWD[0].numbers[1][1]
    stranger = read(
        ["Name", "Thing", "Town"], ["Una Nobody", number, "Leeds"], ["Ugo Nobody", "77"]
    )
    assert not stranger.records
    name = f"{CROWD[0].forename} {CROWD[0].surname}"
    ours = read(["Name", "Rank", "Thing"], [name, "", number], ["Ugo Nobody", "", "7777"])
    assert {match.family for match in ours.records[0].matches} == {Family.NAME, Family.NUMBER}


def test_a_table_that_lays_out_a_page_is_read_as_its_text() -> None:
    person = CROWD[0]
    said = f"It is said that {person.rank} {person.numbers[1][1]} {person.forename} {person.surname} left."
    tally = read(["Menu", "Welcome to the page of all the news there is"], ["Home", said])
    assert [record.number for record in tally.records] == [2]


def test_a_name_alone_is_a_row_of_the_roll() -> None:
    """And no record: one of ours among strangers says nothing by itself."""
    person = CROWD[0]
    strangers = [["Una", f"Nobody{letter}ham"] for letter in "abcdefghijklmnopqrstuvw"]
    tally = read(["Forename", "Surname"], *strangers, [person.forename, person.surname])
    assert not tally.records
    assert officers(tally) == {0} | {
        i for i, each in enumerate(CROWD)
        if (each.forename, each.surname) == (person.forename, person.surname)
    }  # fmt: skip
    ((family, number, _),) = hits(tally)
    assert (family, number) == (Family.NAME, 25)


def test_rows_are_grouped_by_what_comes_again() -> None:
    """Our people among another customer's: hits and misses by their value in a column."""
    rows = [[f"{p.forename} {p.surname}", "Northshire"] for p in CROWD[:6]]
    rows += [[f"Una Nobody{letter}ham", "Elsewhere"] for letter in "abcdef"]
    tally = read(["Name", "Employer"], *rows)
    (segment,) = tally.rolls[0].segments
    (group,) = segment.groups
    assert group.column == 1
    assert len(set(group.values)) == 1
    assert list(group.misses) == [6]
    assert not set(group.missed) & set(group.values)


def test_lines_that_are_no_rows_are_told_where_they_stand() -> None:
    """What is above, between and below the rows of a pasted table is text."""
    opened = engine(CROWD)
    rows = [",".join((p.surname, p.forename, p.numbers[0][1])) for p in CROWD[:18]]
    text = "\n".join(
        ["A title", "Surname,Forename,Pay No", *rows[:5], "a note", *rows[5:], "the end"]
    )
    cut = separator(text)
    assert cut is not None
    seen = read_table(opened, Part(where="", text=text), text, cut)
    assert seen is not None
    assert seen[1].split("\n") == ["A title", *[""] * 6, "a note", *[""] * 13, "the end"]


def test_a_table_of_which_no_column_says_who_is_none() -> None:
    menu = table(("Menu", "Welcome to the page of all the news there is"), ("Home", "All of it"))
    assert read_table(engine(CROWD), menu, menu.text, TABLE) is None


def test_two_numbers_of_a_person_are_one_roll() -> None:
    """They were given out together: the column that says most is counted."""
    rows = [[p.surname, p.numbers[1][1], p.numbers[0][1]] for p in CROWD[:9]]
    tally = read(["Surname", "Collar No", "Pay No"], *rows)
    (roll,) = [roll for roll in tally.rolls if roll.family is Family.NUMBER]
    assert roll.entries == 9
    assert {officer for segment in roll.segments for officer in segment.officers} == set(range(9))


def test_how_likely_the_numbers_beside_our_names_are() -> None:
    """A chance for each number beside a name that is ours, the number ours or not."""
    rows = [[f"{p.forename} {p.surname}", "C5999999"] for p in CROWD[:9]]
    assert sum(read(["Name", "Pay No"], *rows).accidents or ()) > 0
    assert not any(read(["Name", "Pay No"], ["Una Nobody", "C5999999"]).accidents or ())


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab1 @.'\x1e\x1f\n\u0301é,"), max_size=80), st.integers(0, 90))
def test_any_table_may_be_read(text: str, overlap: int) -> None:
    """Rows of any length, cells without an end, marks in between: never an error."""
    part = Part(where="", text=text, table=True, overlap=min(overlap, len(text)))
    assert officers(READER.match(part)) <= set(range(60))


def test_one_of_ours_with_rank_and_home_among_strangers_is_a_record() -> None:
    """A list of police people at home is worth it for one; of ranks alone, or of homes alone, it is not."""
    ours = CROWD[3]
    strangers = [
        ("Zzyx", f"Q{'abcdefghijklmnopqrst'[i]}o", "PC", f"{i} High Street") for i in range(20)
    ]
    whole = [*strangers, (ours.surname, ours.forename, "PC", "9 Mill Lane")]
    headings = ("Surname", "Forename", "Rank", "Address")
    (record,) = read(headings, *whole).records
    assert officers(Tally(records=(record,))) == {3}
    assert {Sign.ADDRESS, Sign.POLICE} <= record.signs
    assert {match.family for match in record.matches} == {Family.NAME, Family.RANK}
    assert not read(headings[:3], *(row[:3] for row in whole)).records
    assert not read((*headings[:2], headings[3]), *((*row[:2], row[3]) for row in whole)).records
