"""Rows of values of SQL."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.forms.values import LONGEST, reach, rows

VALUE = st.sampled_from(
    ["1", "NULL", "'a'", "N'b'", r"'O\'Neil'", "'O''Neil'", "'(,)'", '"c"', "CAST(1 AS Int)", "'x'::text",
     r"'C:\'", "'", "(", ")", "((1))", "'" + "y" * LONGEST + "'"]
)  # fmt: skip


@given(
    st.lists(st.lists(VALUE, min_size=1, max_size=4).map(lambda row: f"({','.join(row)})"), max_size=9),
    st.sampled_from([",", ",\n  ", ";", " "]),
    st.sampled_from(["", ";", ",", ",('torn", " x"]),
)  # fmt: skip
def test_it_reaches_as_far_as_it_is_read(values: list[str], between: str, tail: str) -> None:
    """Many rows are passed at once; the place is that at which reading them one by one ends."""
    text = between.join(values) + tail
    _, end = rows(text, 0, len(text) + 1)
    assert reach(text, 0) == end


def test_quotes_casts_and_null_are_not_the_values() -> None:
    """In each dialect that a dump may be of."""
    found, _ = rows(r"(1, N'O''Neil', 'x'::text, NULL), (2,'O\'Neil',CAST(3 AS Int),'(a)')", 0, 0)
    assert [row.cells for row in found] == [["1", "O'Neil", "x", ""], ["2", "O'Neil", "3", "(a)"]]


def test_a_row_is_torn_only_before_what_the_next_window_has() -> None:
    """What begins beyond is whole there."""
    text = "('Quigley','Bob',13),('Inskip','Una',1"
    assert [row.cells for row in rows(text, 0, len(text))[0]][1:] == [["Inskip", "Una"]]
    assert len(rows(text, 0, 5)[0]) == 1
