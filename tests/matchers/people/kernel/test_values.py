"""What rows are grouped by."""

from __future__ import annotations

import numpy as np

from matchers.people import siphash
from matchers.people.kernel.folding import fold
from matchers.people.kernel.values import values
from matchers.people.tables import Array
from tests.matchers.people.crowd import KEY
from tests.matchers.people.kernel.desks import i4

HALVES = siphash.halves(KEY)


def hashed(text: str, *columns: int, rows: int = 8, letters: int = 64) -> Array:
    """The values of these columns, a column each."""
    cls = fold(text)
    found = np.zeros((len(columns), rows), dtype=np.uint64)
    width = max(columns) + 1
    values(
        cls, cls.size, np.array([ord(","), ord("\n"), 1, 0]), i4(*columns),
        np.array(HALVES, dtype=np.uint64), i4(*[0] * width), i4(*[0] * width),
        np.zeros(letters, dtype=np.uint8), found,
    )  # fmt: skip
    return found


def test_a_value_is_the_keyed_hash_of_the_folded_cell() -> None:
    """SipHash under the index's key, spaces and case left out; never 0, which is an empty cell."""
    (found,) = hashed("Roads Policing,x\nCUSTODY,x\n,x\n", 0)
    expected = [
        siphash.tag(siphash.Kind.TEXT, word, HALVES) | 1 for word in (b"roadspolicing", b"custody")
    ]
    assert found.tolist() == [*expected, 0, 0, 0, 0, 0, 0]


def test_cells_that_read_the_same_have_one_value() -> None:
    rows = ["Zürich,a", '"zurich",b', " Ｚurich ,c", "Bern,a"]
    first, second = hashed("\n".join(rows) + "\n", 0, 1)
    assert len(set(first[:3].tolist())) == 1
    assert first[3] not in first[:3]
    assert second[0] == second[3]
    assert len(set(second[:4].tolist())) == 3


def test_a_row_without_the_column_has_no_value() -> None:
    """And rows beyond the room are left out."""
    found = hashed("a\na,b\na,b,c\n" * 2, 2, 1, rows=4)
    assert (found != 0).tolist() == [[False, False, True, False], [False, True, True, False]]


def test_a_long_cell_counts_by_its_beginning() -> None:
    (found,) = hashed(f"{'x' * 8}a\n{'x' * 8}b\n{'x' * 7}\n", 0, letters=8)
    assert found[0] == found[1] != found[2]
