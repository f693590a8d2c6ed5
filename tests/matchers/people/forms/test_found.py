"""Records before they are tables."""

from __future__ import annotations

from matchers.people.forms.found import BUILT, COLUMNS, KNOWN, Builder, Found, Row, Source


def test_a_window_without_some_records_is_as_if_it_never_had_them() -> None:
    """Blank, and as long as before; what held no mark holds none."""
    text = 'Ł name\n</a>\nofficer="x"\n],' + "y" * 20
    source = Source.of(text, begun=True, repeated=3)
    spans = [(0, 3), (7, 11), (len(text) - 9, len(text))]
    blank = "".join(
        " " if any(start <= at < end for start, end in spans) else char
        for at, char in enumerate(text)
    )
    assert source.without(spans) == Source.of(blank, begun=True, repeated=3)
    assert b"</" in source.marks - source.without(spans).marks


def fields(*names: str) -> dict[tuple[str, ...], str]:
    return {(name,): name.upper() for name in names}


def test_records_of_one_kind_are_one_table() -> None:
    """Some leave a field out, some have one more, and their order says nothing."""
    builder = Builder()
    for at, names in enumerate(("ab", "ba", "abc", "xyz", "cb")):
        assert builder.add(at, at + 1, fields(*names))
    one, other = builder.found()
    assert one.header == (("a",), ("b",), ("c",))
    assert [list(row.cells) for row in one.rows] == [
        ["A", "B", ""], ["A", "B", ""], ["A", "B", "C"], ["", "B", "C"],
    ]  # fmt: skip
    assert [row.start for row in other.rows] == [3]


def test_no_field_is_lost_and_no_table_grows_without_end() -> None:
    """What is beyond the last column stands in it."""
    builder = Builder()
    builder.add(0, 1, fields(*(f"f{at}" for at in range(COLUMNS + 5))))
    (table,) = builder.found()
    assert len(table.header) == COLUMNS
    assert table.rows[0].cells[-1].count(" ; ") == 5


def test_a_text_of_endless_kinds_is_given_up() -> None:
    """Memory and time are bounded; what is not taken stays text."""
    builder = Builder()
    taken = [builder.add(0, 1, fields(f"a{at}", f"b{at}")) for at in range(KNOWN * 4)]
    assert taken.count(True) == BUILT
    assert builder.full


def test_a_source_is_as_long_in_lower_case() -> None:
    """Places in one are places in the other, whatever the characters."""
    source = Source.of("İstanbul NAME ’x’", repeated=3)
    assert len(source.low) == len(source.text)
    assert source.roots == (b"name",)
    assert source.whole == len(source.text) - 3


def test_nothing_that_was_found_is_in_a_repr() -> None:
    """A traceback that shows one of these shows no text."""
    row = Row(0, 1, ["Quillfeather"])
    for each in (row, Source.of("Quillfeather"), Found((("Quillfeather",),), [row])):
        assert "Quillfeather" not in repr(each)
