"""
Every configured matcher asked about every part.

Recognisers release the interpreter lock or are short, so a few threads serve;
what they say adds up. What it means is not judged here: see `assess`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from watcher.api import Matcher, Recogniser, Tables
from watcher.errors import ConfigError, CustodyError, PluginError
from watcher.model import Part, Tally


class Matching:
    """The matching threads. Close it when the last part was matched."""

    def __init__(self, recognisers: Mapping[str, Recogniser], *, threads: int = 2) -> None:
        self._recognisers = dict(recognisers)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="match")

    async def match(self, part: Part) -> Tally:
        """
        What all matchers say of this part, added up.

        Raises PluginError, naming the matcher, if one raises or does not
        answer with a Tally; then the others were still asked.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._ask_all, part)

    def _ask_all(self, part: Part) -> Tally:
        """In one thread, one after another: what one has made of a text the next finds ready."""
        tallies: list[Tally] = []
        broken: PluginError | None = None
        for name, recogniser in self._recognisers.items():
            try:
                tallies.append(_ask(name, recogniser, part))
            except PluginError as problem:
                broken = broken or problem
        if broken is not None:
            raise broken
        return Tally.total(tallies)

    def close(self) -> None:
        """Wait for the part in hand and end the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def recognisers(
    matchers: Mapping[str, Matcher],
    tables: Mapping[str, Tables],
    keys: Callable[[str], bytes],
) -> dict[str, Recogniser]:
    """
    The reading side of each matcher, loaded with its own tables and its own key.

    Raises ConfigError for a matcher that the index was built without, and
    CustodyError where a matcher does not know the tables for its own.
    """
    loaded: dict[str, Recogniser] = {}
    for name, matcher in matchers.items():
        if name not in tables:
            raise ConfigError(
                f"matching.matchers: the index was built without {name!r}; "
                "enrol again (watcher enrol ROSTER), or take it out of the list"
            )
        try:
            loaded[name] = matcher.load(tables[name], keys(name))
        except ValueError as problem:
            raise CustodyError(
                f"the index does not fit the matcher {name!r}: it was built by another version "
                "or under another key; enrol again (watcher enrol ROSTER)"
            ) from problem
    return loaded


def _ask(name: str, recogniser: Recogniser, part: Part) -> Tally:
    try:
        tally = recogniser.match(part)
    except Exception as problem:  # a stranger's code may raise anything; it is named, and its words are not repeated
        raise PluginError(
            f"the matcher {name!r} broke off with {type(problem).__name__} on a part of a document; "
            "update it, or take it out of matching.matchers"
        ) from problem
    if not isinstance(tally, Tally):
        raise PluginError(
            f"the matcher {name!r} answered with {type(tally).__name__} instead of a Tally; "
            "update it, or take it out of matching.matchers"
        )
    return tally
