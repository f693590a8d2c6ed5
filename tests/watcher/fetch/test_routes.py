"""Which source goes through Tor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from yarl import URL

from tests.watcher.fetch.proxied import service, table
from watcher.errors import ConfigError, FetchError
from watcher.fetch.routes import Routes

ONION, CLEAR = URL(f"http://{service('one')}/"), URL("https://paste.example/")
SOURCES = {
    **table("told"),
    **table("named", via="", options={"url": str(ONION)}),
    **table("plain", via="", images=True),
    **table("seeing", images=True),
}


def test_by_what_the_source_says_or_names_or_by_the_address() -> None:
    """Each on a way of its own name; in clear only what has none of the three."""
    routes = Routes(SOURCES, tor=True)
    for source in ("told", "named", "seeing"):
        assert routes.circuit(source, CLEAR) == routes.circuit(source, ONION) == source
    for source in ("plain", "scan"):
        assert routes.circuit(source, CLEAR) is None
        assert routes.circuit(source, ONION) == source


def test_without_a_way_nothing_goes_another() -> None:
    """An error, and for a source that is switched on one before the service starts."""
    routes = Routes(
        {name: replace(each, enabled=False) for name, each in SOURCES.items()}, tor=False
    )
    for source, url in (("told", CLEAR), ("named", CLEAR), ("plain", ONION), ("scan", ONION)):
        with pytest.raises(FetchError, match="through Tor only") as caught:
            routes.circuit(source, url)
        assert not caught.value.retry
    assert routes.circuit("plain", CLEAR) is None
    with pytest.raises(ConfigError, match=r"sources\.named"):
        Routes(SOURCES, tor=False)


def test_pictures_are_seen_in_clear_and_where_asked_for() -> None:
    """`images` is about Tor alone."""
    routes = Routes(SOURCES, tor=True)
    assert routes.blind("told", "told")
    assert routes.blind("scan", "scan")
    assert not routes.blind("seeing", "seeing")
    assert not routes.blind("scan", None)
