"""What is left of a text without its records."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchers.people.forms.found import Row
from matchers.people.forms.left import joined, left, spoken
from watcher.api import Part

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], sum(pair))),
    min_size=1, max_size=5,
)  # fmt: skip


@given(st.text("ab \n", min_size=80, max_size=80), SPANS, st.integers(0, 80), st.integers(0, 80))
def test_lines_and_overlaps_stay_where_they_were(
    text: str, spans: list[tuple[int, int]], overlap: int, repeated: int
) -> None:
    """As many line ends as before, before and after each edge; only spans are gone."""
    part = Part(where="w", text=text, overlap=overlap, repeated=repeated, first=3)
    rest = left(part, spans, {})
    inside = {at for start, end in joined(text, spans) for at in range(start, end)}
    kept = [letter for at, letter in enumerate(text) if at not in inside and letter.isalnum()]
    assert rest is not None or not kept
    if rest:
        assert [letter for letter in rest.text if letter.isalnum()] == kept
        tail = text[max(end for _, end in joined(text, spans)) :]
        if tail.strip():
            assert rest.text.count("\n") == text.count("\n")
        assert rest.text[: rest.overlap].count("a") == sum(
            letter == "a" for at, letter in enumerate(text[:overlap]) if at not in inside
        )
        assert (rest.first, rest.where) == (3, "w")


def test_sentences_stay_text_unless_their_column_is_known() -> None:
    """A message may name somebody; a table's column of messages would not be asked."""
    said = "PC 4401 was seen with her in the park on Sunday"
    free: dict[int, list[str]] = {}
    rows = spoken(["name", "message", "address"], [Row(7, 9, ["Ann", said, said])], free)
    assert [list(row.cells) for row in rows] == [["Ann", "", said]]
    assert free == {7: [said]}
    rest = left(Part(where="", text="x\n\n   {....}\ny"), [(7, 9)], free)
    assert rest is not None
    assert rest.text == f"x\n\n   {{{said} ..}}\ny"
