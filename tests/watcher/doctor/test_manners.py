"""Overrides of robots.txt, and hosts that are left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.watcher.doctor.checks import checks, saying
from tests.world import World
from watcher.store import Book, Hold

LISTING = '[sources.{name}]\nkind = "listing"\nurl = "https://paste.example/"\nitem = "a"\n{more}\n'
WHY = "leave from its operator by letter, May 2026"


def test_who_does_not_ask_robots_says_why(world: World) -> None:
    """Each such source with its reason; one that honours it, or is off, is not listed."""
    for name, more in (
        ("plain", ""),
        ("polite", 'robots = "honoured"'),
        ("allowed", f'robots = "{WHY}"'),
        ("later", f'robots = "{WHY}"\nenabled = false'),
    ):
        world.configure(LISTING.format(name=name, more=more))
    check = saying(checks(world), "robots.txt is not asked")
    assert (check.level, check.what.startswith("source allowed:")) == ("ok", True)
    assert check.what.endswith(WHY)


def test_a_host_that_wants_to_be_left_alone_is_listed_until_then(world: World) -> None:
    """With the time; when that has come there is nothing to say."""
    now = datetime.now(UTC)
    until = now + timedelta(hours=2)
    with Book.open(world.data / "watcher.db", create=True) as book:
        book.hold([Hold(host="paste.example", until=until, kind="refused")], now=now)
    check = saying(checks(world, now=now), "asked to be left alone")
    assert check.level == "warn"
    assert "host paste.example" in check.what
    assert f"{until:%Y-%m-%d %H:%M}" in check.what
    assert not [each for each in checks(world, now=until) if "left alone" in each.what]
