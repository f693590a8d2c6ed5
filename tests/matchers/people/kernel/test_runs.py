"""Runs of capitalised words in running text."""

from __future__ import annotations

import pytest

from matchers.people.desk import Desk
from matchers.people.kernel import lines, runs
from tests.matchers.people.kernel.desks import (
    STRANGERS,
    desk,
    engine,
    laid_out,
    officers,
    spelled,
    told,
)


@pytest.fixture(scope="module")
def mine() -> Desk:
    return desk(engine())


def runs_of(mine: Desk, text: str, behind: int = 0) -> list[tuple[str, str]]:
    """The words of each run that are asked about, and the rank within it."""
    _, pieces = laid_out(mine, text)
    lines.listed(pieces)
    runs.read(
        pieces, behind, mine.public, mine.words, mine.tokens, mine.chosen[0], mine.wanted, mine.runs
    )
    return [
        (" ".join(spelled(mine, int(mine.runs.name[row]))), rank)
        for row, (_, _, rank) in enumerate(told(mine, mine.runs, text))
    ]


def settled(mine: Desk, text: str) -> list[tuple[str, list[int], str]]:
    """What each run turned out to be: its text, whom it means, its rank."""
    runs_of(mine, text)
    mine.ask()
    runs.settle(mine.public, mine.words, mine.tokens, mine.names, mine.wanted, mine.runs)
    return told(mine, mine.runs, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("then Bruno Xyzzy went away", [("bruno xyzzy", "")]),
        ("then bruno xyzzy went away", []),
        ("then Bruno went away with Xyzzy", []),
        ("so Bruno Xyzzy and Egon Quux went", [("bruno xyzzy", ""), ("egon quux", "")]),
        ("then Bruno de la Xyzzy went", [("bruno de la xyzzy", "")]),
        ("then Bruno Xyzzy-Quux went", [("bruno xyzzy quux", "")]),
        ("then B. C. Xyzzy went", [("b c xyzzy", "")]),
        ("then to Bruno. Xyzzy was out", []),
        ("then XYZZY, Bruno went", [("xyzzy bruno", "")]),
        ("then Xyzzy, Bruno went", []),
        ("then Det Sgt Bruno Xyzzy went", [("bruno xyzzy", "Det Sgt")]),
        ("The Det Sgt Bruno Xyzzy went", [("bruno xyzzy", "Det Sgt")]),
        ("then DC Xyzzy went", []),
        ("then PC Bruno\nXyzzy went", []),
        ("on Monday the 4th May 1999 it", []),
    ],
)
def test_a_run_is_what_is_written_as_a_name(
    mine: Desk, text: str, found: list[tuple[str, str]]
) -> None:
    """Capitalised words that spaces and hyphens join; settled before anything is looked up."""
    assert runs_of(mine, text) == found


def test_no_run_lies_in_a_list_or_in_the_overlap(mine: Desk) -> None:
    """What ends in the overlap was told by the window before."""
    assert runs_of(mine, "\n".join(STRANGERS)) == []
    text = "so Bruno Xyzzy and Egon Quux went away"
    assert runs_of(mine, text, text.index(" and")) == [("egon quux", "")]
    assert runs_of(mine, text, text.index("zzy")) == [("bruno xyzzy", ""), ("egon quux", "")]


def test_whom_a_run_means(mine: Desk) -> None:
    """Ours and strangers alike are rows: they are what a list in prose is counted by."""
    text = "then Gwendolen Abernathy and Bruno Xyzzy met Abernathey Rosalind by chance"
    assert [whom for _, whom, _ in settled(mine, text)] == [[0], [], [2]]


def test_what_is_no_name_after_all_is_no_row(mine: Desk) -> None:
    """Initials alone name nobody; the rows behind them keep what is theirs."""
    text = "so J. K. said to Gwendolen Abernathy and Det Sgt Thaddeus Postlethwaite"
    assert settled(mine, text) == [
        ("Gwendolen Abernathy", [0], ""),
        ("Thaddeus Postlethwaite", [1], "Det Sgt"),
    ]


@pytest.mark.parametrize(
    ("before", "rank"),
    [("pc 4321 ", "pc"), ("detective constable ", "detective constable"), ("the dog ", ""), ("", "")],
)  # fmt: skip
def test_a_rank_right_before_one_of_ours_is_looked_for(
    mine: Desk, before: str, rank: str
) -> None:  # fmt: skip
    """In small letters it is no part of the run; a number may stand between them."""
    ((_, whom, said),) = settled(mine, f"then {before}Gwendolen Abernathy went away")
    assert (whom, said) == ([0], rank)


def test_no_rank_is_looked_for_before_strangers(mine: Desk) -> None:
    ((_, whom, said),) = settled(mine, "then detective constable Bruno Xyzzy went away")
    assert (whom, said) == ([], "")


def test_the_words_of_a_run_are_few(mine: Desk) -> None:
    """A heading in capitals is cut into runs of six."""
    text = "then " + " ".join(f"Xyzzy{chr(97 + at)}" for at in range(13)) + " went"
    assert [len(words.split()) for words, _ in runs_of(mine, text)] == [6, 6]
    mine.ask()
    assert all(not officers(mine.names, int(mine.wanted.found[at])) for at in range(2))
