"""
Which source goes through Tor, and what it wants there.

Known from the configuration, by the source's name, so that none of those who
ask for something on its behalf can forget it.
"""

from __future__ import annotations

from collections.abc import Mapping

from yarl import URL

from watcher.config.settings import SourceTable
from watcher.errors import ConfigError, FetchError
from watcher.fetch.address import shown
from watcher.outward import by_tor, onion


class Routes:
    """
    The routes of all sources.

    `tor`: whether there is a way through Tor at all. Raises ConfigError where
    there is none and a source that is switched on must go there.
    """

    def __init__(self, sources: Mapping[str, SourceTable], *, tor: bool) -> None:
        self._there = tor
        self._tor = {name for name, table in sources.items() if by_tor(table)}
        self._seeing = {name for name, table in sources.items() if table.images}
        for name in sorted(self._tor):
            if sources[name].enabled and not tor:
                raise ConfigError(
                    f"sources.{name}: goes through Tor, and network.tor is empty; "
                    'tor = "socks5://127.0.0.1:9050" is where Debian\'s tor listens'
                )

    def circuit(self, source: str, url: URL) -> str | None:
        """
        The source's own way through Tor, where what begins at `url` must go there; None in clear.

        Raises FetchError where it must and there is none.
        """
        if source not in self._tor and not onion(url.raw_host or ""):
            return None
        if not self._there:
            raise FetchError(
                f"{shown(url)}: goes through Tor only, and `tor` in [network] is empty", retry=False
            )
        return source

    def blind(self, source: str, circuit: str | None) -> bool:
        """Whether pictures are not to be received."""
        return circuit is not None and source not in self._seeing
