"""What stands beside a number."""

from __future__ import annotations

import re

import pytest

from matchers.people import People, numbers
from matchers.people.beside import named, rank_before, with_particles
from matchers.people.fold import fold
from matchers.people.gather import Held
from matchers.people.tools import Tools
from tests.matchers.people.crowd import KEY
from watcher.api import Person, Watch

PEOPLE = [
    Person(ref="a", forename="Imogen", surname="Golightly", numbers=(("collar_number", "4321"),)),
    Person(ref="b", forename="Fergus", surname="McInskip", numbers=(("collar_number", "8765"),)),
]
TOOLS = Tools.open(People(Watch()).enrol(PEOPLE, KEY), KEY)


def held(text: str) -> Held | None:
    folded = fold(text)
    (found,) = numbers.find(folded, TOOLS.identifiers.shapes)
    (hit,) = TOOLS.identifiers.numbered([found.number])
    assert hit is not None
    words = with_particles(
        [(match.start(), match.group()) for match in re.finditer(rb"[a-z]+", folded)]
    )
    lexicon = TOOLS.lexicon.words(word for _, word in words)
    return named(TOOLS.judge, (found, hit), words, rank_before(folded, found.start), lexicon)


@pytest.mark.parametrize(
    "text",
    ["imogen golightly 4321", "4321 golightly, imogen", "4321 (imogen may golightly)",
     "8765 fergus mc inskip"],
)  # fmt: skip
def test_the_owners_name_in_any_case_and_order(text: str) -> None:
    found = held(text)
    assert found is not None
    assert found.name is not None


@pytest.mark.parametrize(
    "text", ["fergus mcinskip 4321", "imogen 4321", "golightly 4321", "i golightly 4321", "4321"]
)
def test_another_name_or_half_of_it_is_nothing(text: str) -> None:
    assert held(text) is None


@pytest.mark.parametrize(
    "text", ["pc golightly 4321", "pc 4321 golightly", "acting sgt golightly (4321)"]
)
def test_a_surname_alone_counts_beside_a_rank(text: str) -> None:
    found = held(text)
    assert found is not None
    assert found.surnames == (0,)
    assert found.rank


def test_the_rank_directly_before() -> None:
    text = b"it was detective sergeant 1234 john"
    assert rank_before(text, text.index(b"1234")) == "sergeant"
    assert rank_before(text, text.index(b"john")) == "sergeant"
    assert rank_before(text, text.index(b"was")) == ""
