"""
Layers of a PDF that are off when it is opened (optional content, ISO 32000-2, 8.11).

What is drawn in them is in the file and on no screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_POLICIES: dict[str, Callable[[list[bool]], bool]] = {
    "/AnyOn": all,
    "/AllOn": any,
    "/AnyOff": lambda off: not any(off),
    "/AllOff": lambda off: not all(off),
}  # whether members' states, of which each is whether it is off, turn a membership off


class Layers:
    """Which groups the default configuration turns off."""

    def __init__(self, catalog: Any) -> None:
        self._off: set[int] = set()
        self._on: set[int] = set()
        self._base_off = False
        properties = _dictionary(catalog.get("/OCProperties"))
        default = _dictionary(properties.get("/D")) if properties is not None else None
        if default is not None:
            self._base_off = default.get("/BaseState") == "/OFF"
            self._off = _numbers(default.get("/OFF"))
            self._on = _numbers(default.get("/ON"))

    def off(self, held: Any) -> bool:
        """
        Whether a group, or a membership of several, is off.

        `held`: the value of an /OC key or of a resource's /Properties,
        a reference or what it refers to.
        """
        group: Any = _dictionary(held)
        if group is None:
            return False
        if group.get("/Type") != "/OCMD":
            return self._is_off(_number(held))
        groups = group.raw_get("/OCGs") if "/OCGs" in group else None
        members = _resolved(groups)
        listed = members if isinstance(members, list) else (groups,) if members else ()
        states = [self._is_off(_number(each)) for each in listed]
        policy = _POLICIES.get(str(group.get("/P")), all)
        return bool(states) and policy(states)

    def _is_off(self, number: int) -> bool:
        if self._base_off:
            return number not in self._on
        return number in self._off


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> Any:
    """The dictionary that this is or refers to, or None."""
    found = _resolved(value)
    return found if isinstance(found, dict) else None


def _number(held: Any) -> int:
    """The number of the object that is referred to, or that this is."""
    reference = held if hasattr(held, "idnum") else getattr(held, "indirect_reference", None)
    number: int = getattr(reference, "idnum", -1)
    return number


def _numbers(groups: Any) -> set[int]:
    groups = _resolved(groups)
    return {_number(each) for each in groups} if isinstance(groups, list) else set()
