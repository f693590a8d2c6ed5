"""What stands before the @ at a force's domain."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel import arrays
from matchers.people.kernel.local import local_parts
from matchers.people.kernel.publics import public
from matchers.people.kernel.wanted import asked, wanted
from tests.matchers.people.kernel.windows import index, window
from watcher.api import Person

PEOPLE = [
    Person(
        ref="a",
        forename="Imogen",
        surname="Golightly",
        numbers=(("pay_number", "C012345"), ("collar_number", "4321")),
        emails=("imogen.golightly@force.example", "immy@home.example"),
    ),
    Person(ref="b", forename="Fergus", surname="Inskip", numbers=(("warrant_number", "4321"),)),
    Person(ref="c", forename="Mary Ann", surname="Smith-Jones"),
]
KNOWN = index(PEOPLE, "watched.example")


def told(text: str) -> tuple[list[int], list[int]]:
    """(Officers by number, officers by name) of the first address."""
    seen = window(text, KNOWN)
    found, requests = arrays.numbers(8), wanted(8)
    local = np.full((2, 8), -9, dtype=np.int32)
    words, names = arrays.words(64, 1 << 10, 1 << 10), arrays.names(8, 64, len(PEOPLE))
    spelled = np.zeros(8, dtype=np.int32)
    local_parts(
        seen.cls, KNOWN, public(), words, seen.mails, found, requests, spelled, local
    )  # fmt: skip
    asked(KNOWN, words, arrays.tokens(8), requests, arrays.work(), names)
    number, request = local[:, 0].tolist()
    numbered: list[int] = []
    named: list[int] = []
    if number >= 0:
        group = found.group[number]
        ends = KNOWN.number_start[group : group + 2].tolist() if group >= 0 else (0, 0)
        numbered = KNOWN.number_officer[ends[0] : ends[1]].tolist()
        assert text[found.start[number] : found.end[number]] == text.split("@", maxsplit=1)[0]
    if request >= 0 and (name := requests.found[request]) >= 0:
        named = names.officer[names.start[name] : names.stop[name]].tolist()
    return numbered, named


@pytest.mark.parametrize(
    "local",
    ["imogen.golightly2", "Imogen.Golightly", "i.golightly", "igolightly", "golightly.i", "golightlyi",
     "golightly.imogen+news", "imogen_x_golightly", "i.golightly.99", "imogen-golightly"],
)  # fmt: skip
def test_a_name_in_any_order_with_digits_and_initials(local: str) -> None:
    for domain in ("watched.pnn.example", "mail.watched.example", "any.police.uk"):
        assert told(f"{local}@{domain}") == ([], [0]), domain


def test_a_name_of_several_words() -> None:
    assert told("mary.smith-jones@watched.example") == ([], [2])
    assert told("m.smith.jones@watched.example") == ([], [2])


@pytest.mark.parametrize("local", ["4321", "C12345", "c.12345", "012345", "pc4321"])
def test_a_number(local: str) -> None:
    numbered, named = told(f"{local}@watched.example")
    assert sorted(numbered) == ([0, 1] if "4321" in local else [0])
    assert named == []


@pytest.mark.parametrize(
    "text",
    ["una.nobody@watched.example", "js2@watched.example", "imogn.golightly@watched.example",
     "ig@watched.example", "imogen.golightly@elsewhere.example", "4321@elsewhere.example",
     "imogen.golightly@force.example", "immy@home.example", "99999@watched.example"],
)  # fmt: skip
def test_neither(text: str) -> None:
    """Nobody's; somebody's with an edit; elsewhere; enrolled as it is; a number that nobody has."""
    assert told(text) == ([], [])


def test_without_room_it_says_so() -> None:
    seen = window("i.golightly@watched.example 4321@watched.example", KNOWN)
    for numbered, requests, held in ((0, 8, 64), (8, 1, 64), (8, 8, 2)):
        found, asking = arrays.numbers(numbered), wanted(requests)
        words = arrays.words(held, 1 << 10, 1 << 10)
        local, spelled = np.zeros((2, 8), dtype=np.int32), np.zeros(8, dtype=np.int32)
        local_parts(seen.cls, KNOWN, public(), words, seen.mails, found, asking, spelled, local)
        assert [found.full[0], asking.full[0], words.full[0]].count(1) == 1
