"""Pieces of text that hold one entry each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.desk import Desk
from matchers.people.kernel import lines
from matchers.people.kernel.lines import EMPTY, ENTRY, HALF, LONGEST, QUIET, TEXT, after
from matchers.people.kernel.wanted import NOTHING
from tests.matchers.people.crowd import DOMAIN
from tests.matchers.people.kernel.desks import STRANGERS, desk, engine, i4, laid_out, spelled, told

PROSE = [
    "It was a bright cold day in April, and the clocks",
    "were striking thirteen. Then the old man, his chin",
    "nuzzled into his breast in an effort to escape the",
    "vile wind, slipped quickly through the glass doors",
    "of the house, though not quickly enough to keep dust",
]


@pytest.fixture(scope="module")
def mine() -> Desk:
    return desk(engine())


def members(mine: Desk, text: str) -> list[str]:
    """The pieces that are rows of a list."""
    _, pieces = laid_out(mine, text)
    lines.listed(pieces)
    return [
        text[pieces.start[at] : pieces.start[at + 1]].strip()
        for at in np.flatnonzero(pieces.member).tolist()
    ]


def rows_of(mine: Desk, text: str, behind: int = 0) -> list[str]:
    """The text of each row of a list."""
    _, pieces = laid_out(mine, text)
    lines.listed(pieces)
    lines.paired(pieces, mine.wanted, mine.chosen[0])
    lines.read(pieces, behind, mine.tokens, mine.numbers, mine.mails, mine.wanted, mine.rows)
    return [row for row, _, _ in told(mine, mine.rows, text)]


@settings(deadline=None)  # the first call may compile
@given(st.lists(st.integers(0, 99)), st.integers(0, 99))
def test_the_first_place_behind_an_offset(places: list[int], offset: int) -> None:
    """As a binary search finds it, from wherever the last search ended."""
    places.sort()
    expected = int(np.searchsorted(places, offset))
    held = i4(*places, 0)
    for begin in range(expected + 1):
        assert after(held, len(places), offset, begin) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Bruno Xyzzy", ENTRY),
        ("XYZZY, Bruno", ENTRY),
        ("PC 4321 Bruno Xyzzy", ENTRY),
        ("PC Xyzzy 4321", ENTRY),
        ("bruno xyzzy 4321", ENTRY),
        ("4321", ENTRY),
        (f"dog.section@{DOMAIN}", ENTRY),
        (f"dog.section@{DOMAIN}:hunter22", ENTRY),
        ("bruno xyzzy", QUIET),
        ("import os", QUIET),
        ("Xyzzy", HALF),
        ("X", TEXT),
        ("Bruno went out with Xyzzy and Egon today", TEXT),
        ("he went away with all of his dogs", TEXT),
        ("Bruno Xyzzy" + " " * LONGEST, TEXT),
        ("", EMPTY),
        ("---", EMPTY),
    ],
)
def test_a_line_is_an_entry_by_its_shape(mine: Desk, line: str, kind: int) -> None:
    """Settled before anything is looked up: nobody here is enrolled."""
    assert laid_out(mine, f"{line}\n")[1].kind[0] == kind


def test_the_name_of_an_entry_is_asked_for(mine: Desk) -> None:
    """And a surname alone beside a rank and a number by itself."""
    _, pieces = laid_out(mine, "PC 4321 Bruno Xyzzy\nPC Frobozz 4555\nhe went away\n")
    assert spelled(mine, int(pieces.request[0])) == ["bruno", "xyzzy"]
    assert pieces.request[1] == -1
    assert spelled(mine, int(pieces.alone[1])) == ["frobozz"]
    assert pieces.alone[2] == -1


def test_where_half_of_the_lines_are_entries_all_of_them_are_rows(mine: Desk) -> None:
    """Also those that have no louder ones around: rows counted because they match would not do."""
    quiet = [name.lower() for name in STRANGERS]
    assert members(mine, "\n".join((PROSE[0], *quiet, PROSE[1]))) == quiet
    assert members(mine, "\n".join((*PROSE, *PROSE, *quiet))) == []


def test_running_text_has_no_members(mine: Desk) -> None:
    assert members(mine, "\n".join(PROSE)) == []
    assert members(mine, "Bruno Xyzzy\nCarlo Frobozz") == []


def test_a_list_in_running_text_is_found(mine: Desk) -> None:
    """All of its entries, and not what stands around them."""
    listed = [*STRANGERS, *STRANGERS]
    assert members(mine, "\n".join((*PROSE, *PROSE, *listed, *PROSE))) == listed


def test_two_lines_with_one_name_each_are_one_entry(mine: Desk) -> None:
    """From three such pairs on."""
    pair = ["{}\n{}\n\n".format(*name.split()) for name in STRANGERS]
    assert rows_of(mine, "".join(pair[:3])) == [each.strip() for each in pair[:3]]
    assert [spelled(mine, int(mine.rows.name[row])) for row in range(3)] == [
        each.lower().split() for each in pair[:3]
    ]
    assert rows_of(mine, "".join(pair[:2])) == []


def test_what_stood_in_the_overlap_is_no_row(mine: Desk) -> None:
    """A line that ends behind it is one, and one of the rest of the text."""
    text = "\n".join(STRANGERS)
    behind = text.index(STRANGERS[2]) + 1
    assert rows_of(mine, text, behind) == list(STRANGERS[2:])
    assert mine.rows.number[: mine.rows.count[0]].tolist() == [2, 3, 4]


def test_what_is_no_row_is_not_asked_for(mine: Desk) -> None:
    """Requests of lines that are no rows are withdrawn, of rows kept."""
    text = "\n".join((*PROSE, "Abel Plover", *PROSE, *PROSE, *STRANGERS, *STRANGERS))
    found = rows_of(mine, text)
    assert found == [*STRANGERS, *STRANGERS]
    modes = mine.wanted.mode[: mine.wanted.count[0]]
    assert (modes != NOTHING).sum() == len(found)
    assert all(modes[mine.rows.name[row]] != NOTHING for row in range(len(found)))


def test_addresses_outside_lists_are_rows_of_their_own(mine: Desk) -> None:
    """With the secret beside them; those behind the overlap alone."""
    text = "\n".join((*PROSE, f"mail dog.section@{DOMAIN}:hunter22 or a@b.example at once", *PROSE))
    _, pieces = laid_out(mine, text)
    lines.listed(pieces)
    lines.addresses(pieces, 0, mine.mails, mine.rows)
    found = [row for row, _, _ in told(mine, mine.rows, text)]
    assert found == [f"dog.section@{DOMAIN}:hunter22", "a@b.example"]
    assert mine.rows.number[:2].tolist() == [5, 5]
    mine.rows.count[0] = 0
    lines.addresses(pieces, text.index("a@b"), mine.mails, mine.rows)
    assert [row for row, _, _ in told(mine, mine.rows, text)] == ["a@b.example"]
