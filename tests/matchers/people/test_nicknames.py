"""The table of nicknames."""

from __future__ import annotations

import pytest

from matchers.people.nicknames import MOST, others


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sean", "john"), ("padraig", "patrick"), ("liam", "william"), ("seamus", "james"),
        ("siobhan", "joan"), ("bernadette", "bernie"), ("gary", "gaz"), ("robert", "bob"),
        ("margaret", "peggy"), ("alexander", "sandy"), ("eoin", "owen"), ("catherine", "kate"),
    ],
)  # fmt: skip
def test_both_ways(one: str, other: str) -> None:
    """Who is enrolled under either is met under the other."""
    assert other in others(one)
    assert one in others(other)


def test_the_public_table_and_ours_are_one() -> None:
    """A formal name of one, a short one of the other."""
    assert "bess" in others("elizabeth")  # the package's
    assert "eilis" in others("elizabeth")  # ours


def test_spellings_of_mohammed() -> None:
    assert "muhammad" in others("mohammed")
    assert "mohammed" in others("mohd")


def test_never_more_than_the_cap() -> None:
    for name in ("elizabeth", "margaret", "john", "nobodyiscalledthis"):
        assert len(others(name)) <= MOST
        assert name not in others(name)
