"""Which of a few people have both of two words as their names."""

from __future__ import annotations

import random

import numpy as np
import pytest

from matchers.people.kernel.sharing import shared
from tests.matchers.people.kernel.oracle_judge import Judged
from tests.matchers.people.kernel.pages import FORENAMES, ODD, SURNAMES, Page, crowd, held
from watcher.api import Person


def found(page: Page, forename: str, surname: str, officers: list[int]) -> Judged | None:
    """Whom the words name among these; row, officers and edits."""
    words = page.words
    asked = np.array(officers, dtype=np.uint32)
    return page.row(
        shared(
            page.index,
            words,
            held(words, forename.lower().encode()),
            held(words, surname.lower().encode()),
            asked,
            0,
            asked.size,
            page.names,
        )
    )


@pytest.fixture(scope="module")
def page() -> Page:
    return Page([
        Person(ref=name, forename=name.split()[0], surname=name.split()[1])
        for name in ("Imogen Golightly", "Imogen Golightley", "Fergus Inskip", "J Solo")
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("name", "officers", "edits"),
    [
        ("Imogen Golightly", (0,), 0),
        ("Imogne Golightly", (0,), 1),
        ("Imogne Golightlx", (0,), 2),
        ("Imogen Golightlex", (1,), 1),
        ("Fergsu Inskop", (2,), 2),
    ],
)
def test_an_edit_in_each_name(page: Page, name: str, officers: tuple[int, ...], edits: int) -> None:
    """Those with the fewest edits."""
    judged = found(page, *name.split(), [3, 2, 1, 0])
    assert judged is not None
    assert (judged.officers, judged.edits) == (officers, edits)
    assert 0 < judged.chance <= 0.98


@pytest.mark.parametrize("name", ["Imogen Inskip", "F Inskip", "Fergxsx Inskip", "Una Table"])
def test_never_any_forename_with_any_surname(page: Page, name: str) -> None:
    """Nor an initial, nor two edits in one name."""
    assert found(page, *name.split(), [0, 1, 2, 3]) is None


def test_nobody_else_is_asked_for(page: Page) -> None:
    assert found(page, "Imogen", "Golightly", [2, 3]) is None
    assert found(page, "Imogen", "Golightly", []) is None


def test_as_by_every_pair() -> None:
    """Equal to trying each near name with each."""
    page = Page(crowd(150))
    dice = random.Random(1)
    hits = 0
    for _ in range(300):
        first, last = dice.choice([*FORENAMES, *ODD]), dice.choice([*SURNAMES, *ODD])
        if "-" in first + last or len(first) == 1:
            continue
        officers = sorted(dice.sample(range(151), 40))
        one, two = page.known(first.lower().encode()), page.known(last.lower().encode())
        edits: dict[int, set[int]] = {}
        for forename, slip in [(one.forename, 0), *((each, 1) for each in one.forenames)]:
            if forename < 0 or page.index.fore_initial[forename]:
                continue
            for surname, other in [(two.surname, 0), *((each, 1) for each in two.surnames)]:
                them = set(page.judge.officers(forename, surname)).intersection(officers)
                edits.setdefault(slip + other, set()).update(them)
        least = min((each for each, them in edits.items() if them), default=-1)
        page.names.count[:] = 0
        judged = found(page, first, last, officers)
        hits += judged is not None
        if judged is None:
            assert least == -1
        else:
            assert (judged.edits, judged.officers) == (least, tuple(sorted(edits[least])))
    assert hits > 20
