from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.api import Secret
from watcher.errors import FetchError, SourceError
from watcher.log.facts import LONGEST, exceptions, foreign, plain, short, told, withhold

MARK = "Winterbourne-48213"


def raised(problem: BaseException) -> BaseException:
    """The exception as it is after it was raised, with a local variable in its frame."""
    found = f"in a frame: {MARK}"
    try:
        raise problem
    except (ValueError, SourceError) as caught:
        assert MARK in found
        return caught


def test_only_keys_on_the_list_show_their_value() -> None:
    """The key of another stays, so that its author sees what to mend."""
    facts = withhold(None, "info", {"event": "a.b", "source": "pastes", "surname": MARK})
    assert facts == {"event": "a.b", "source": "pastes", "surname": "withheld"}


@pytest.mark.parametrize("event", [f"found {MARK}", MARK, "", "a b", "winterbourne48213", 5])
def test_an_event_is_a_name(event: object) -> None:
    """Text that was put together may have anything in it."""
    assert withhold(None, "info", {"event": event})["event"] == "withheld"


def test_a_key_that_is_no_name_is_dropped() -> None:
    """It could be what was found."""
    assert withhold(None, "info", {"event": "a.b", f"{MARK} 1": 1}) == {"event": "a.b"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (5, 5),
        (True, True),
        (None, None),
        ("text", "text"),
        (Path("/a/b"), "/a/b"),
        (timedelta(minutes=1), 60.0),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+00:00"),
        ((1, "a"), [1, "a"]),
        (Secret(MARK), "withheld"),
        ({"a": MARK}, "withheld"),
        (MARK.encode(), "withheld"),
        (ValueError(MARK), "ValueError"),
        (SourceError("nothing is listed"), "SourceError: nothing is listed"),
    ],
)
def test_a_value_is_plain_or_withheld(value: object, shown: object) -> None:
    """What has a repr of its own could show anything."""
    assert plain(value) == shown


@given(st.text())
def test_a_value_cannot_leave_its_line(text: str) -> None:
    """No break, no escape sequence, no turn of direction; and no end of it."""
    shown = short(text + "\n\x1b[2J\u202e\ud800" + text)
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & set("\n\r\x1b\u202e\u2028\x85")
    assert len(shown) <= LONGEST + 1
    shown.encode()


def test_an_exception_is_its_classes_and_its_places() -> None:
    """Its message, its arguments and the variables around it are not told; ours is."""
    inner = raised(ValueError(MARK))
    outer = SourceError("no marker")
    outer.__cause__ = inner
    facts = told(raised(outer))
    assert facts["exception"] == "SourceError: no marker"
    assert facts["causes"] == ["ValueError"]
    assert str(facts["at"]).startswith("['test_facts.py:")
    assert MARK not in str(facts)


def test_what_a_group_holds_is_told() -> None:
    """A task group's own message says nothing."""
    group = ExceptionGroup(MARK, [KeyError(MARK), FetchError("404", retry=False)])
    assert told(group) == {"exception": "ExceptionGroup", "causes": ["KeyError", "FetchError: 404"]}


def test_a_circle_of_causes_ends() -> None:
    """Python allows one."""
    one, two = ValueError(MARK), KeyError(MARK)
    one.__cause__, two.__cause__ = two, one
    assert told(one) == {"exception": "ValueError", "causes": ["KeyError"]}


def test_exc_info_in_all_its_shapes() -> None:
    """True, an exception, a triple, or nothing to tell."""
    problem = raised(ValueError(MARK))
    triple = (ValueError, problem, problem.__traceback__)
    for given_ in (problem, triple):
        assert exceptions(None, "error", {"exc_info": given_})["exception"] == "ValueError"
    try:
        raise problem
    except ValueError:
        assert sys.exc_info()[1] is problem
        facts = exceptions(None, "error", {"exc_info": True, "stack_info": MARK})
    assert facts["exception"] == "ValueError"
    assert MARK not in str(facts)
    assert exceptions(None, "error", {"exc_info": None}) == {}


def test_a_foreign_record_is_its_logger_and_class() -> None:
    """A logger whose name is no module's is withheld."""
    assert foreign("aiohttp.client", ValueError(MARK)) == {
        "logger": "aiohttp.client",
        "exception": "ValueError",
    }
    assert foreign(f"x {MARK}", None) == {"logger": "withheld"}
