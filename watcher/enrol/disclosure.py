"""What a third party will learn, counted before anything is enrolled for questions to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watcher.api import Matcher
from watcher.errors import ConfigError
from watcher.model import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """
    How many addresses it is asked about, by how many prefixes of their hashes.

    `shared`: the addresses that have their prefix in common with another of ours.
    """

    addresses: int
    prefixes: int
    shared: int


def disclosure(matcher: Matcher, people: Iterable[Person]) -> Disclosure:
    """What questions about these people tell. Raises ConfigError where there are none to ask."""
    tables = matcher.enrol(people, bytes(32))  # hashes that a third party knows have no key

    def said(what: str) -> int:
        return int(tables[f"report_asked_{what}"].item())

    found = Disclosure(
        addresses=said("addresses"), prefixes=said("prefixes"), shared=said("shared")
    )
    if not found.addresses:
        raise ConfigError(
            f"--{matcher.name}: nobody in the roster has an e-mail address, so there is nothing to ask;"
            " nothing was changed"
        )
    return found
