"""Objects as decoded from JSON, as the fields of flat records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from matchers.people.forms.found import Path
from matchers.people.forms.worth import fields_of, says_who
from watcher.api import heading

DEPTH = 4  # objects inside objects whose fields are columns

Value = object  # what the decoder makes: dict, list, str, bool or None


def holds_lists(value: Mapping[str, Value], depth: int = DEPTH) -> bool:
    """Whether lists of objects stand in an object, directly or a few steps below."""
    return any(
        (isinstance(each, list) and any(isinstance(one, dict) for one in each))
        or (isinstance(each, dict) and depth > 0 and holds_lists(each, depth - 1))
        for each in value.values()
    )


def records(value: Mapping[str, Value]) -> Iterable[Mapping[Path, str]]:
    """
    The object itself, its inner objects flattened; or the people in its inner lists.

    These have the fields around them as well: a unit's staff are of that unit.
    """
    flat: dict[Path, str] = {(key,): each for key, each in value.items() if isinstance(each, str)}
    if len(flat) == len(value):
        return (flat,)
    fields: dict[Path, str] = {}
    inner: list[Mapping[Path, str]] = []
    _flatten(value, (), fields, inner)
    if not inner:
        return (fields,)
    if says_who(fields_of(path[-1:] for path in fields)):
        return (fields, *inner)
    around = {path: said for path, said in fields.items() if said}
    return [
        {**each, **{path: said for path, said in around.items() if path not in each}}
        for each in inner
    ]


def _flatten(
    value: Mapping[str, Value],
    path: Path,
    fields: dict[Path, str],
    inner: list[Mapping[Path, str]],
) -> None:
    for key, each in value.items():
        here = (*path, key)
        if isinstance(each, dict):
            if len(here) < DEPTH:
                _flatten(each, here, fields, inner)
            else:
                fields[here] = _words(each)
        elif isinstance(each, list):
            rest = []
            for one in each:
                if (
                    isinstance(one, dict)
                    and len(here) < DEPTH
                    and _is_people(key, tuple(_paths(one)))
                ):
                    own: dict[Path, str] = {}
                    _flatten(one, here, own, inner)
                    inner.append(own)
                else:
                    rest.append(one)
            fields[here] = _words(rest)
        else:
            fields[here] = plain(each)


def _paths(value: Mapping[str, Value], above: Path = ()) -> Iterable[Path]:
    """The fields of an object and of the objects in it, by their names from outside in."""
    for key, each in value.items():
        path = (*above, key)
        if isinstance(each, dict) and len(path) < DEPTH:
            yield from _paths(each, path)
        else:
            yield path


@lru_cache(maxsize=1 << 10)
def _is_people(key: str, paths: tuple[Path, ...]) -> bool:
    """Whether the objects of an inner list are records themselves: `staff`, and not `next_of_kin`."""
    if heading(key) is not None:
        return False
    return says_who(fields_of(paths))


def plain(value: Value) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value).lower()


def _words(value: Value) -> str:
    """All that a value holds, in one cell. What is nested beyond reading is not told."""
    said: list[str] = []
    left: list[Value] = [value]
    while left and len(said) < 1000:
        each = left.pop()
        if isinstance(each, dict):
            left.extend(reversed(each.values()))
        elif isinstance(each, list):
            left.extend(reversed(each))
        elif text := plain(each):
            said.append(text)
    return " ; ".join(said)
