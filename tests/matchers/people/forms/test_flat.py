"""Objects as flat records."""

from __future__ import annotations

from matchers.people.forms.flat import holds_lists, plain, records


def test_values_are_words() -> None:
    """Nothing is written `None` or `True` that was nothing or a tick."""
    assert [plain(each) for each in ("x", None, True, "7")] == ["x", "", "true", "7"]


def test_what_is_nested_too_deeply_is_still_told() -> None:
    """In one cell, where no column can be told."""
    value = {"a": {"b": {"c": {"d": {"e": {"f": "deep"}}}}}, "x": "y"}
    (fields,) = records(value)
    assert fields == {("a", "b", "c", "d"): "deep", ("x",): "y"}


def test_lists_of_records_are_noticed() -> None:
    """Such an object is read from the inside, where each record has its line."""
    assert holds_lists({"data": {"items": [{"a": "b"}]}})
    assert not holds_lists({"data": {"items": ["a", "b"]}})
