"""What a document names for the sources that follow, gathered as its parts pass."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from watcher.api import Follower
from watcher.model import Part, Ref
from watcher.store import Named

BRIEF = 1 << 14  # characters that are searched where they are: a thread would cost more


class Naming:
    """The refs that one document names, for each follower in the order in which they stand there."""

    def __init__(self, followers: Iterable[Follower]) -> None:
        self._found: list[tuple[Follower, dict[str, Ref]]] = [(each, {}) for each in followers]

    async def look(self, part: Part) -> None:
        """Search this window; a long one in a thread, so that nobody else waits. One at a time."""
        if not self._found:
            return
        if len(part.text) <= BRIEF:
            self.note(part)
        else:
            await asyncio.to_thread(self.note, part)

    def note(self, part: Part) -> None:
        """Search this window."""
        for follower, refs in self._found:
            if len(refs) < follower.per_document:
                for ref in follower.named(part):
                    refs.setdefault(ref.key, ref)

    def named(self) -> tuple[Named, ...]:
        """What was found, at most `per_document` for each follower."""
        return tuple(
            Named(
                source=follower.name,
                refs=tuple(refs.values())[: follower.per_document],
                per_day=follower.per_day,
            )
            for follower, refs in self._found
            if refs
        )
