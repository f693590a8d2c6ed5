"""
Single values of the configuration, by the type that a field wants.

What a value needs the file for (a path's directory, a secret's content) is in
`decode`. A message names the type and gives an example; it never quotes the
value, which may be a secret in the wrong place.
"""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from watcher.api import Secret
from watcher.config.address import describe, near
from watcher.config.units import duration
from watcher.errors import PluginError
from watcher.model import Severity

T = TypeVar("T")

UNIONS = (typing.Union, types.UnionType)

_EXAMPLES: dict[Any, str] = {
    str: '"…"',
    int: "5",
    float: "0.5",
    bool: "true",
    Path: '"/path/to/it"',
    Secret: '{ file = "…" } or { credential = "…" }',
    Severity: '"medium"',
    timedelta: '"5m"',
    tuple: '["…", "…"]',
    frozenset: '["…", "…"]',
    Mapping: '{ … = "…" }',
    dict: '{ … = "…" }',
}

_WORDS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    timedelta: ((str,), "a length of time"),
    Severity: ((str,), "a severity"),
}


class Wrong(Exception):
    """A value that does not fit; `at` is its address, the message says what would."""

    def __init__(self, at: str, message: str) -> None:
        super().__init__(message)
        self.at = at


def scalar(kind: Any, raw: object, at: str) -> Any:
    """
    A value of this kind. Raises Wrong, or PluginError for a kind that no value fits.

    `kind`: str, bool, int, float, timedelta, Severity, a Literal of texts or an
    enumeration of texts.
    """
    if get_origin(kind) is Literal:
        return choice(raw, at, {str(each): each for each in get_args(kind)})
    if kind is Severity:
        return choice(raw, at, {str(each): each for each in Severity})
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return choice(raw, at, {str(each.value): each for each in kind})
    if kind not in _WORDS:
        raise PluginError(f"{at}: nothing in a configuration fits a field of {kind}")
    fitting, words = _WORDS[kind]
    if type(raw) not in fitting:  # not isinstance: true is no number
        raise misfit(at, words, kind, raw)
    if kind is timedelta:
        return parsed(duration, raw, at)
    return float(typing.cast("float", raw)) if kind is float else raw


def parsed(parse: Callable[[str], T], raw: object, at: str) -> T:
    """What `parse` makes of a text; its ValueError becomes Wrong."""
    try:
        return parse(str(raw))
    except ValueError as problem:
        raise Wrong(at, str(problem)) from problem


def choice(raw: object, at: str, names: Mapping[str, T]) -> T:
    """The value of this name. Raises Wrong that lists the names."""
    if isinstance(raw, str) and raw in names:
        return names[raw]
    hint = near(raw, names, listing=False) if isinstance(raw, str) else f", not {describe(raw)}"
    raise Wrong(at, f"must be one of {_quoted(names)}{hint}")


def misfit(at: str, wanted: str, kind: Any, raw: object) -> Wrong:
    """A value that is of another type than wanted."""
    return Wrong(at, f"must be {wanted}, such as {last(at)} = {example(kind)}, not {describe(raw)}")


def example(kind: Any) -> str:
    """How a value of this kind is written."""
    origin = get_origin(kind)
    if origin is Annotated or origin in UNIONS:
        return example(get_args(kind)[0])
    if origin is Literal:
        return _quoted(get_args(kind), " or ")
    if isinstance(kind, type) and issubclass(kind, enum.Enum) and kind is not Severity:
        return _quoted((each.value for each in kind), " or ")
    return _EXAMPLES.get(origin or kind, "{ … }")


def last(at: str) -> str:
    """The key at the end of an address, as it is written in the file."""
    return at.rsplit(".", 1)[-1].split("[", 1)[0]


def _quoted(names: Iterable[object], between: str = ", ") -> str:
    return between.join(f'"{name}"' for name in names)
