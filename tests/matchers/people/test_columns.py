"""What columns hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.columns import Columns, find, mostly
from matchers.people.fold import fold
from tests.matchers.people.crowd import engine, people
from watcher.api import Field

CROWD = people(40)
LEXICON = engine(CROWD).lexicon


def columns(*rows: list[str], header: tuple[str, ...] = ()) -> Columns:
    return find([(row, [fold(cell) for cell in row]) for row in rows], header, LEXICON)


def test_by_headings_in_any_of_the_first_rows() -> None:
    found = columns(
        ["Strength return"], [""], ["Surname", "Initials", "Rank"], ["Smith", "J", "PC"]
    )
    assert found.of == {0: Field.SURNAME, 1: Field.INITIALS, 2: Field.RANK}
    assert (found.headed, found.body) == (True, 3)
    assert found.names() == ("surname", "initials", "rank")


def test_by_the_header_of_an_earlier_window() -> None:
    found = columns(["Smith", "J"], header=("Surname", "Initials"))
    assert (found.of[0], found.body) == (Field.SURNAME, 0)


def test_without_headings_by_what_they_hold() -> None:
    rows = [
        [person.surname, person.forename, "Sgt", person.numbers[1][1], person.emails[0], "MV"]
        for person in CROWD
    ]
    found = columns(*rows)
    assert found.of == {
        0: Field.SURNAME, 1: Field.FORENAME, 2: Field.RANK, 4: Field.EMAIL, 5: Field.VETTING,
    }  # fmt: skip
    assert found.guessed_ids == {3}
    assert not found.headed


def test_a_column_of_vetting_levels_is_one_whatever_its_heading() -> None:
    rows = [["Name", "Notes"], *([f"Una {person.surname}", "NPPV3"] for person in CROWD[:8])]
    assert columns(*rows).of[1] is Field.VETTING


def test_nothing_at_all() -> None:
    assert columns().of == {}
    assert columns([""], [""]).of == {}


def outcomes(*, head: list[list[str]], told: bool = True) -> list[list[str]]:
    """Officers in the second column, two words that repeat themselves in the third."""
    said = ["written warning", "no action", "final warning"]
    return head + [
        [
            str(at),
            f"PC {4400 + at} Una {each.surname}" if told else f"Una {each.surname}",
            said[at % 3],
        ]
        for at, each in enumerate(CROWD)
    ]


def test_one_heading_that_is_borne_out_decides() -> None:
    """`Case,Officer,Outcome`: the officers stand under Officer, whatever the outcomes look like."""
    rows = outcomes(head=[["Misconduct", "", ""], ["Case", "Officer", "Outcome"]])
    found = columns(*rows)
    assert (found.of, found.headed, found.body) == ({1: Field.NAME}, True, 2)
    assert list(found.headings) == ["Case", "Officer", "Outcome"]
    later = columns(*outcomes(head=[]), header=("Case", "Officer", "Outcome"))
    assert (later.of, later.body) == ({1: Field.NAME}, 0)


def test_one_heading_that_nothing_bears_out_is_data() -> None:
    """Numbers below Officer; a value that stands in the first row and again below."""
    assert not columns(["Ward", "Officer"], *([f"W{at}", str(at)] for at in range(9))).headed
    posts = [["Leeds", each] for each in ("Officer", "Manager", "Officer", "Clerk")]
    assert not columns(*posts).headed


def test_two_columns_that_may_be_the_names_are_none() -> None:
    """Read as lines the rows lose nothing: neither of them is passed over."""
    rows = outcomes(head=[])[:5]
    for at, row in enumerate(rows):
        row[2] = f"Case {'abcdefgh'[at]} closed"
    assert Field.NAME not in columns(*rows).of.values()
    assert Field.NAME not in columns(["Case", "Officer", "Outcome"], *rows).of.values()


def test_what_repeats_itself_is_no_list_of_names() -> None:
    assert columns(*outcomes(head=[], told=False)).of == {1: Field.NAME}


@given(cells=st.lists(st.booleans(), max_size=60), share=st.sampled_from([0.6, 0.8, 0.5, 1.0]))
def test_most_of_a_column_is_what_counting_it_says(cells: list[bool], share: float) -> None:
    """Stopping early changes nothing."""
    counted = bool(cells) and sum(cells) / len(cells) >= share
    assert mostly(cells, bool, share) == counted
