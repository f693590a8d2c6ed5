"""What a form of leak is, and the register of all of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.detection.roster import Member
from bench.detection.world import World
from watcher.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """
    One synthetic leak. `present`: refs of those in it. `due`: the severity it must reach, see docs/matching.md.

    `leak_listing`: it comes from a source that lists what thieves have published.
    """

    body: bytes = field(repr=False)
    present: frozenset[str] = field(repr=False)
    due: Severity
    leak_listing: bool = False


Make = Callable[[random.Random, World], Made]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """
    One way in which people leak. `key` is `kind/what`; `heavy`: documents are large, so few are made.

    `hopeless_from`: rosters of this size and above make the form say too little to be due.
    """

    key: str
    make: Make
    heavy: int = 1
    hopeless_from: int | None = None

    @property
    def kind(self) -> str:
        return self.key.split("/", 1)[0]


FORMS: dict[str, Form] = {}


def form(key: str, *, heavy: int = 1, hopeless_from: int | None = None) -> Callable[[Make], Make]:
    """Register a function that makes documents of this form."""

    def registered(make: Make) -> Make:
        add(key, make, heavy=heavy, hopeless_from=hopeless_from)
        return make

    return registered


def add(key: str, make: Make, *, heavy: int = 1, hopeless_from: int | None = None) -> None:
    if key in FORMS:
        raise ValueError(f"{key}: this form is registered already")
    FORMS[key] = Form(key=key, make=make, heavy=heavy, hopeless_from=hopeless_from)


def made(
    text: str | bytes, present: Iterable[Member], due: Severity, *, leak_listing: bool = False
) -> Made:
    """A document of this text and these people."""
    return Made(
        body=text if isinstance(text, bytes) else text.encode(),
        present=frozenset(each.ref for each in present),
        due=due,
        leak_listing=leak_listing,
    )
