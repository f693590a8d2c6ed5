"""The error tree."""

from __future__ import annotations

import inspect
import re

from watcher import errors


def test_the_tree_is_as_it_is_drawn() -> None:
    """The drawing at the top of the module is the class hierarchy, no more and no less."""
    drawn = re.findall(r"([│ ]*)[├└]── (\w+)", errors.__doc__ or "")
    parents: dict[int, str] = {0: "WatcherError"}
    shown = {}
    for indent, name in drawn:
        depth = len(indent) // 4
        parents[depth] = name
        shown[name] = parents[depth - 1]
    real = {
        name: kind.__mro__[1].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__ and name != "WatcherError"
    }
    assert shown == real


def test_a_fetch_error_says_of_what_it_is() -> None:
    """One of a closed list: what is given, or what its status tells."""
    made = [
        errors.FetchError("x", retry=True, local=True),
        errors.FetchError("x", retry=True),
        errors.FetchError("x", retry=True, kind=errors.BROKEN),
        errors.FetchError("x", retry=True, status=429, after=9),
        errors.FetchError("x", retry=False, status=410),
        errors.FetchError("x", retry=True, status=500),
        errors.FetchError("x", retry=True, after=9),
    ]
    kinds = ["local", "unreachable", "broken", "refused", "gone", "answered", "answered"]
    assert [each.kind for each in made] == kinds
    assert set(kinds) <= set(errors.KINDS)


def test_a_fetch_error_says_whether_to_come_back() -> None:
    """Whoever knows the cause says so; whoever knows the schedule reads it."""
    problem = errors.FetchError("x: 429", retry=True, after=600, status=429)
    assert (problem.retry, problem.after, problem.status, str(problem)) == (
        True,
        600,
        429,
        "x: 429",
    )
