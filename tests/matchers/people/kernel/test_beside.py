"""Numbers in running text, and whose name stands beside them."""

from __future__ import annotations

import random

import numpy as np
import pytest

from matchers.people.desk import Desk
from matchers.people.engine import Engine
from matchers.people.kernel.beside import WINDOW
from matchers.people.kernel.rows import AGREES
from tests.matchers.people.kernel.desks import ROSTER, engine, officers, read

LONG = "and on the way " * (WINDOW // 15 + 1)


@pytest.fixture(scope="module")
def ours() -> Engine:
    return engine()


def seen(desk: Desk, text: str) -> list[tuple[str, list[int], str]]:
    """Of each number beside which a name stands in no run: itself, whom the two words mean, the rank."""
    found, numbers = desk.beside, desk.numbers
    return [
        (
            text[numbers.start[number] : numbers.end[number]],
            officers(desk.names, int(found.name[at])),
            text[found.rank[0, at] : found.rank[1, at]],
        )
        for at in range(int(found.count[0]))
        for number in [int(found.number[at])]
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("then pc 4321 gwendolen abernathy went away", [("4321", [0], "pc")]),
        ("then gwendolen abernathy who is 4321 went away", [("4321", [0], "")]),
        ("then abernathy gwendolen (C5123456) went away", [("C5123456", [0], "")]),
        ("then gwendolen,abernathy,4321 went away", [("4321", [0], "")]),
        ("then gwendolen and not the other abernathy had 4321", [("4321", [0], "")]),
        ("then rosalind abernathy who is 4321 went away", []),
        ("then gwendolen abernathy who is 4555 went away", []),
        ("then gwendolen abernathy who is 9876 went away", []),
        (f"then 4321 went {LONG} with gwendolen abernathy", []),
        ("then someone who is 4321 went away", []),
    ],
)
def test_two_words_that_name_whose_number_it_is(
    ours: Engine, text: str, found: list[tuple[str, list[int], str]]
) -> None:
    """In any case and order, within a few words; a number of somebody else is no witness."""
    assert seen(read(ours, text), text) == found


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("then pc abernathy 4321 went away", "pc"),
        ("then pc 4321 abernathy went away", "pc"),
        ("then abernathy 4321 went away", ""),
        ("then pc 4321 went away with some dogs and abernathy", ""),
        ("then pc abernathy 4555 went away", ""),
    ],
)
def test_a_surname_alone_needs_a_rank(ours: Engine, text: str, rank: str) -> None:
    """And stands close before the number, or right after it."""
    desk = read(ours, text)
    if not rank:
        assert desk.beside.count[0] == 0
        return
    assert [said for _, _, said in seen(desk, text)] == [rank]
    assert desk.beside.name[0] == -1
    index, surname = desk.index, int(desk.beside.surname[0])
    carriers = index.sur_officer[index.sur_start[surname] : index.sur_start[surname + 1]]
    assert carriers.tolist() == [
        at for at, person in enumerate(ROSTER) if person.surname == "Abernathy"
    ]


def test_numbers_near_which_nobody_is_are_rightly_passed_over(ours: Engine) -> None:
    """As if every word might be the surname of somebody whose number it is."""
    every, index = engine(), ours.index
    every.index = index._replace(number_names=np.full_like(index.number_names, 2**64 - 1))
    dice = random.Random(9)
    choices = [
        "gwendolen", "abernathy", "rosalind", "imogen", "de la hathersage", "hathersage", "do",
        "postlethwaite", "thaddeus", "pc", "sgt", "in", "of", "van", "4321", "4555", "4777", "1987",
        "C5400000", "a", "went away with some of the others", LONG,
    ]  # fmt: skip
    found = 0
    for _ in range(400):
        text = "so " + " ".join(dice.choice(choices) for _ in range(dice.randrange(4, 30)))
        behind = dice.choice((0, 0, len(text) // 2))
        one = seen(read(ours, text, overlap=behind), text)
        assert one == seen(read(every, text, overlap=behind), text), text
        found += len(one)
    assert found > 40


def test_a_run_that_agrees_is_told_by_itself(ours: Engine) -> None:
    """The number is no case of its own then; a run of somebody else stays as it was."""
    text = "then Gwendolen Abernathy, who is 4321, met Thaddeus Postlethwaite in the street"
    desk = read(ours, text)
    assert desk.beside.count[0] == 0
    assert [bool(each & AGREES) for each in desk.runs.shown[: desk.runs.count[0]]] == [True, False]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("then pc 1987 imogen de la hathersage went away", 1),
        ("then in 1987 imogen de la hathersage went away", 0),
    ],
)
def test_a_year_is_a_number_right_after_a_rank_alone(ours: Engine, text: str, count: int) -> None:
    """Most numbers of four digits in text are years."""
    assert read(ours, text).beside.count[0] == count


def test_numbers_of_lists_and_of_the_overlap_are_not_looked_at(ours: Engine) -> None:
    text = "then pc 4321 gwendolen abernathy went away"
    assert read(ours, text, overlap=text.index(" went")).beside.count[0] == 0
    assert read(ours, text, overlap=text.index("321")).beside.count[0] == 1
    assert read(ours, "\n".join([text[5:-10]] * 3)).beside.count[0] == 0


def test_how_often_a_name_and_a_number_stood_together(ours: Engine) -> None:
    """Ours or not: each name near each number or address, and each number near no name once."""
    dice = random.Random(3)
    choices = ("Bruno Xyzzy", "Egon Quux", "4322", "a@b.example", "in 1987", LONG, LONG, "he went")
    for _ in range(60):
        text = "so " + " and so ".join(dice.choice(choices) for _ in range(12)) + " went away"
        desk = read(ours, text)
        runs = desk.runs.start[: desk.runs.count[0]].tolist()
        numbers, mails = desk.numbers, desk.mails
        held = [
            (int(numbers.start[at]), int(numbers.end[at]), 1)
            for at in range(int(numbers.count[0]))
            if not numbers.weak[at]
        ]
        held += [(int(mails.start[at]), int(mails.end[at]), 0) for at in range(int(mails.count[0]))]
        expected = sum(
            max(least, sum(start - WINDOW <= run <= end + WINDOW for run in runs))
            for start, end, least in held
        )
        assert desk.beside.count[1] == expected, text
