"""Whether Tor is there for those who need it."""

from __future__ import annotations

import asyncio

import pytest

from tests.watcher.doctor.checks import checks, saying
from tests.watcher.fetch.proxied import leaving, service, socks
from tests.world import World
from watcher.config.settings import Network
from watcher.doctor import Check

LISTING = '[sources.board]\nkind = "listing"\nurl = "{url}"\nitem = "a"\n{more}\n'


def needing(world: World, tor: str, url: str = "https://board.example/", more: str = "") -> None:
    world.configure(LISTING.format(url=url, more=more))
    text = world.config.read_text()
    assert text.count(f'\ntor = "{Network().tor}"') == 1
    world.config.write_text(text.replace(f'\ntor = "{Network().tor}"', f'\ntor = "{tor}"'))


async def looked(world: World) -> list[Check]:
    """The checks, while a proxy goes on answering."""
    return await asyncio.to_thread(checks, world)


async def test_a_source_that_needs_no_tor_asks_nothing_of_it(world: World) -> None:
    """Not even whether it is there."""
    async with socks() as tor:
        needing(world, tor.url)
        assert not [each for each in await looked(world) if each.what.startswith("Tor")]
        assert tor.offered == []


@pytest.mark.parametrize(
    ("url", "more"), [("https://board.example/", 'via = "tor"'), (f"http://{service('one')}/", "")]
)
async def test_a_greeting_and_no_more(world: World, url: str, more: str) -> None:
    """The proxy is greeted, and is told of no place."""
    async with socks() as tor:
        needing(world, tor.url, url, more)
        with leaving() as left:
            found = await looked(world)
        well = saying(found, "Tor:")
        assert (well.level, "board" in well.what) == ("ok", True)
        assert tor.offered == [b"\x02"]
        assert tor.asked == []
        assert {each for each in left.tried if each[1] != tor.port} == set()


async def test_a_proxy_that_is_away_or_none_is_an_error(world: World) -> None:
    """With the sources that see nothing meanwhile, and how to mend it."""
    async with socks(method=0) as tor:
        needing(world, tor.url, more='via = "tor"')
        mixing = saying(await looked(world), "Tor:")
    assert (mixing.level, mixing.code) == ("error", 3)
    assert "credentials" in mixing.what
    away = saying(checks(world), "Tor:")
    assert (away.level, away.code) == ("error", 3)
    assert "cannot be reached" in away.what
    assert "board" in away.what
    assert "apt install tor" in away.mend


def test_no_proxy_at_all_is_for_the_operator(world: World) -> None:
    """Exit 2: the file must be edited."""
    needing(world, "", more='via = "tor"')
    empty = saying(checks(world), "Tor:")
    assert (empty.level, empty.code) == ("error", 2)
