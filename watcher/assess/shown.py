"""All that a document shows, signal by signal, the strongest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from watcher.assess.case import Case
from watcher.assess.context import context_signals
from watcher.assess.persons import person_signals
from watcher.assess.publication import capped
from watcher.assess.severity import list_signals
from watcher.assess.signal import Signal
from watcher.config.settings import Matching
from watcher.model import Unread


def signals(
    case: Case,
    *,
    settings: Matching,
    unread: Sequence[Unread] = (),
    leak_listing: bool = False,
    published: Collection[str] = (),
    name: str = "",
) -> list[Signal]:
    """
    What the document shows, by itself and of enrolled people.

    `published`: pieces (`where`) that are the visible page of an own
    publisher; what leaks are listed on is never one. `name`: what the
    document's file is called.
    """
    pages = frozenset() if leak_listing else frozenset(published)
    found = [
        *list_signals(case, settings),
        *person_signals(case, settings, pages),
        *context_signals(case, unread, leak_listing=leak_listing, name=name),
    ]
    return sorted((capped(each, pages) for each in found), key=Signal.strength, reverse=True)
