"""How a problem in the configuration is told: where it is, what is there, what was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_BARE = re.compile(r"[A-Za-z0-9_-]+")  # TOML 1.0, "Keys": what needs no quotes

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),  # before int: a bool is one
    (str, "text"),
    (int, "a whole number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
)


def below(at: str, key: str) -> str:
    """The address of a key in the table at `at`: `sources.pastes.every`."""
    name = key if _BARE.fullmatch(key) else ascii(key)
    return f"{at}.{name}" if at else name


def describe(value: object) -> str:
    """What kind of thing a value is, in a reader's words; never the value."""
    return next((word for kind, word in _KINDS if isinstance(value, kind)), "a date or time")


def near(word: str, known: Iterable[str], *, listing: bool = True) -> str:
    """`; did you mean "every"?`; if nothing is near, what there is (unless already listed)."""
    names = sorted(known)
    close = difflib.get_close_matches(word.lower(), names, n=1)
    if close:
        return f'; did you mean "{close[0]}"?'
    return f" (there is {', '.join(names)})" if names and listing else ""
