"""Numbers looked up."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel import arrays
from matchers.people.kernel.folding import fold
from matchers.people.kernel.hashing import NONE, sip
from matchers.people.kernel.seeking import NUMBER, is_known, tag_of
from matchers.people.kernel.shapes import shape_of
from tests.matchers.people.kernel.windows import celled, index
from watcher.api import Person

PEOPLE = [
    Person(ref="a", numbers=(("pay_number", "C012345"), ("collar_number", "4321"))),
    Person(ref="b", numbers=(("warrant_number", "4321"), ("pay_number", "A1B2"))),
]


def sought(text: str, known: arrays.Index) -> tuple[list[int], float, float]:
    """(Officers, chance, bits) of a cell."""
    found = arrays.numbers(1)
    assert celled(fold(text), 0, len(text), known, found) == 0
    group = found.group[0]
    held = known.number_officer[known.number_start[group] : known.number_start[group + 1]]
    return (held.tolist() if group >= 0 else []), float(found.chance[0]), float(found.bits[0])


def test_everybody_who_has_it_in_any_role() -> None:
    known = index(PEOPLE)
    for text in ("4321", "PC4321", "04321"):
        assert sorted(sought(text, known)[0]) == [0, 1], text
    assert sought("4322", known)[0] == []


def test_in_full_or_by_its_digits() -> None:
    """By its digits it is worth what their shape is."""
    known = index(PEOPLE)
    for text, bits in (
        ("C12345", np.log2(90_000)),
        ("D12345", np.log2(90_000)),
        ("a1b2", np.log2(90)),
    ):
        officers, chance, said = sought(text, known)
        assert len(officers) == 1, text
        assert chance > 0
        assert said == pytest.approx(bits)


def test_a_tag_is_the_same_whichever_way_it_is_hashed() -> None:
    work = np.frombuffer(b"0123456789abcdefghij", dtype=np.uint8)
    k0, k1 = np.uint64(7), np.uint64(8)
    for size in range(1, 20):
        assert tag_of(work, 1, size, k0, k1) == sip(work, 1, size, NONE, NUMBER, k0, k1)


def test_only_enrolled_shapes_are_known() -> None:
    shapes = index(PEOPLE).shape
    assert is_known(shapes, shape_of(1, 5, 0), 1)
    assert is_known(shapes, shape_of(2, 4, 1), 1)
    assert not is_known(shapes, shape_of(2, 4, 1), -1)
    assert not is_known(shapes, shape_of(0, 6, 0), 1)
    assert not is_known(shapes, 0, -1)
