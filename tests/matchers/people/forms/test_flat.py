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


def test_people_in_a_list_are_known_by_what_is_inside_them() -> None:
    """`{"results": [{"person": {"name": {"given": …}}, "payroll": {"pay_no": …}}]}`: a record each."""
    people = [
        {"id": at, "person": {"name": {"given": given, "family": "Smith"}}, "pay": {"pay_no": "7"}}
        for at, given in enumerate(("Jane", "Paul"))
    ]
    found = list(records({"count": "2", "results": people}))
    assert [each["results", "person", "name", "given"] for each in found] == ["Jane", "Paul"]
    assert all(each["count",] == "2" for each in found)
