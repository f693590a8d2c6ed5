"""Text that is no table: lists, and running text between them, as rows of the same rolls."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people import written
from tests.matchers.people.crowd import DOMAIN, engine, hits, people
from watcher.api import Family, Part, Sign, Tally

CROWD = people(30)
ENGINE = engine(CROWD)
NAMES = [f"{person.forename} {person.surname}" for person in CROWD]
LINE = "and nothing else of any interest was said by those who had come to the meeting"


def read(text: str, **fields: int) -> Tally:
    return written.read(ENGINE, Part(where="w", text=text, **fields), text)  # type: ignore[arg-type]  # Part's own fields


def test_names_of_a_list_and_of_the_text_around_it_are_one_roll() -> None:
    """In the order of their lines, each once."""
    text = [
        f"So said {NAMES[0]} of it",
        *[LINE] * 9,
        *NAMES[1:15],
        *[LINE] * 9,
        f"and {NAMES[15]} left",
    ]
    tally = read("\n".join(text))
    (roll,) = [roll for roll in tally.rolls if roll.family is Family.NAME]
    (segment,) = roll.segments
    assert segment.entries == 16
    assert list(segment.numbers) == sorted(segment.numbers)
    assert {1, 11, 24, 34} <= set(segment.numbers)


def test_name_and_number_are_tried_in_lists_and_in_text() -> None:
    """Whether they are ours or not."""
    assert read("\n".join(f"Una Nobody{letter} 9999" for letter in "abcdef")).tried == 6
    assert read(f"{LINE}. Una Nobody has 9999 of them, {LINE}").tried == 1
    assert read(LINE).tried == 0


def test_a_piece_shows_whose_it_is() -> None:
    assert read(f"mail somebody@{DOMAIN}").signs == (("w", frozenset({Sign.FORCE, Sign.POLICE})),)
    assert read("said the police").signs == (("w", frozenset({Sign.POLICE})),)
    assert read(LINE).signs == ()


def test_many_entries_in_one_line_have_its_number() -> None:
    tally = read(f"These:\n{'; '.join(NAMES[:12])}\n{LINE}")
    assert {number for _, number, _ in hits(tally)} == {2}
    assert tally.rolls[0].entries == 12


def test_each_officer_of_a_one_per_line_list_is_told_in_a_record() -> None:
    """A window that promises a list: all of its rows that are ours."""
    tally = read("\n".join(NAMES[:12]), first=100)
    assert [record.number for record in tally.records] == list(range(100, 112))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*NAMES[:6], "Una Nobody", LINE, "", "4321", f"x@{DOMAIN}"]), max_size=30
    )
)
def test_more_lines_in_between_change_no_row_s_number(lines: list[str]) -> None:
    """Numbers are those of lines, from the first of the window on."""
    text = "\n".join(lines)
    one, ten = read(text), read(text, first=10)
    assert {(family, number + 9, who) for family, number, who in hits(one)} == hits(ten)
    for _, number, _ in hits(one):
        assert lines[number - 1]
