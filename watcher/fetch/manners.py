"""
How each source behaves towards the places it asks: its pace, and whether it asks robots.txt.

Known from the configuration, by the source's name. What is asked for under a
name that is no source's is asked for by a person, who reads the rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from watcher import registry
from watcher.config.settings import HONOURED, SourceTable
from watcher.errors import PluginError


class Manners:
    """The manners of all sources."""

    def __init__(self, sources: Mapping[str, SourceTable]) -> None:
        self._sources = sources
        self._asks: dict[str, bool] = {}

    def pace(self, source: str) -> float:
        """Seconds between two requests to one host, 0 where the source says nothing of its own."""
        table = self._sources.get(source)
        return table.pace.total_seconds() if table else 0.0

    def asks(self, source: str) -> bool:
        """Whether robots.txt is asked before anything else is."""
        if source not in self._asks:
            table = self._sources.get(source)
            self._asks[source] = table is not None and _asks(table)
        return self._asks[source]


def _asks(table: SourceTable) -> bool:
    if table.robots:
        return table.robots == HONOURED
    try:
        kind = registry.source_class(table.kind)
    except PluginError:
        return True  # whatever it is, it is polite
    return bool(getattr(kind, "website", True))
