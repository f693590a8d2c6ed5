from __future__ import annotations

import enum
from datetime import timedelta
from typing import Any, Literal

import pytest

from watcher.config.values import Wrong, example, last, scalar
from watcher.errors import PluginError
from watcher.model import Severity


class Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("kind", "raw", "wanted"),
    [
        (str, "x", "x"),
        (bool, False, False),
        (int, 5, 5),
        (float, 5, 5.0),
        (timedelta, "5m", timedelta(minutes=5)),
        (Severity, "high", Severity.HIGH),
        (Literal["a", "b"], "b", "b"),
        (Colour, "red", Colour.RED),
    ],
)
def test_a_value_of_the_right_type_is_taken(kind: Any, raw: object, wanted: object) -> None:
    """Each type has one way to be written."""
    found = scalar(kind, raw, "at")
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        (str, 5, 'must be text, such as key = "…", not a whole number'),
        (int, True, "must be a whole number, such as key = 5, not true or false"),
        (int, 5.0, "must be a whole number, such as key = 5, not a number"),
        (bool, "yes", "must be true or false, such as key = true, not text"),
        (float, True, "must be a number, such as key = 0.5, not true or false"),
        (timedelta, 300, 'must be a length of time, such as key = "5m", not a whole number'),
        (timedelta, "soon", '"5m"'),
        (
            Severity,
            "hihg",
            'must be one of "info", "low", "medium", "high", "critical"; did you mean "high"?',
        ),
        (Literal["a", "b"], 5, 'must be one of "a", "b", not a whole number'),
        (Colour, "mauve", 'must be one of "red"'),
    ],
)
def test_a_misfit_says_what_would_fit(kind: Any, raw: object, said: str) -> None:
    """The message has the type that is wanted, an example, and what is there, but not the value."""
    with pytest.raises(Wrong) as caught:
        scalar(kind, raw, "table.key")
    assert caught.value.at == "table.key"
    assert said in str(caught.value)


def test_a_field_that_nothing_fits_is_the_classes_fault() -> None:
    """A plug-in that wants what TOML cannot say is broken, not its configuration."""
    with pytest.raises(PluginError, match="complex"):
        scalar(complex, 5, "sources.x.size")


def test_examples_are_what_one_would_write() -> None:
    """An optional value has the example of the value, a choice all its words."""
    assert example(int | None) == "5"
    assert example(Literal["a", "b"]) == '"a" or "b"'
    assert example(tuple[str, ...]) == '["…", "…"]'


def test_the_last_key_of_an_address() -> None:
    """A place in a list belongs to the list's key."""
    assert last("watch.domains[3]") == "domains"
