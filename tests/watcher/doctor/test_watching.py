"""Sources, the way out, and who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.watcher.doctor.checks import checks, saying
from tests.world import World
from watcher.store import Book

LISTING = '[sources.archive]\nkind = "listing"\nurl = "https://paste.example/"\nitem = "a"\n'


def test_a_dead_letter_and_a_blind_source_are_errors(world: World) -> None:
    """What nobody was told, and where nothing is seen, is said with the time since when."""
    now = datetime.now(UTC)
    world.configure(
        '[sources.archive]\nkind = "listing"\nurl = "https://paste.example/"\nitem = "a"\n'
    )
    with Book.open(world.data / "watcher.db") as book:
        book.visited("archive", now=now, next_due=now, items=4)
        book.visited("archive", now=now, next_due=now, error="listed 0 items")
    blind = saying(checks(world), "source archive")
    assert blind.level == "error"
    assert f"{now:%Y-%m-%d %H:%M}" in blind.what
    assert "watcher sources check archive" in blind.mend


def test_a_source_that_is_off_and_wrong_is_a_warning(world: World) -> None:
    """It is no error while nobody visits it; one that is on and wrong is."""
    world.configure(
        '[sources.later]\nkind = "listing"\nenabled = false\nitem = "a"\n'
        '[sources.now]\nkind = "folder"\npth = "drop"\n'
    )
    found = checks(world)
    later = saying(found, "source later: off, and wrong:")
    assert (later.level, "sources.later.url" in later.what) == ("warn", True)
    now = saying(found, "source now: wrong:")
    assert (now.level, now.code) == ("error", 2)


def test_whoever_visits_says_who_he_is(world: World) -> None:
    """Without a contact a source on the network is a warning; a folder asks nobody."""
    assert saying(checks(world), "network:").level == "ok"
    world.configure('[sources.mine]\nkind = "folder"\npath = "."\n')
    assert saying(checks(world), "network:").level == "ok"
    world.configure(LISTING)
    asked = saying(checks(world), "network:")
    assert (asked.level, "[network] contact" in asked.mend) == ("warn", True)
    assert "archive" in asked.what
    text = world.config.read_text().replace('contact = ""', 'contact = "dpo@force.example"')
    world.config.write_text(text)
    assert saying(checks(world), "network:").level == "ok"


@pytest.mark.parametrize(("days", "warned"), [(0, 0), (1, 0), (3, 2)])
def test_a_time_in_the_future_is_told(world: World, days: int, warned: int) -> None:
    """A clock that was wrong once leaves visits due in another year."""
    now = datetime.now(UTC)
    then = now + timedelta(days=days)
    world.configure(LISTING)
    with Book.open(world.data / "watcher.db") as book:
        book.visited("archive", now=then, next_due=then, items=4)
    ahead = [each for each in checks(world, now=now) if "the clock was wrong once" in each.what]
    assert [each.level for each in ahead] == ["warn"] * warned


def test_a_source_that_is_seldom_visited_is_not_ahead(world: World) -> None:
    """Due next week is right for one that is asked every week."""
    now = datetime.now(UTC)
    world.configure(LISTING + 'every = "7d"\n')
    with Book.open(world.data / "watcher.db") as book:
        book.visited("archive", now=now, next_due=now + timedelta(days=7), items=4)
    assert not [each for each in checks(world, now=now) if "future" in each.what]


def test_a_target_over_http_is_a_warning(world: World) -> None:
    """Whoever reads its address on the way can post there; it is not shown."""
    assert saying(checks(world), "no target").level == "warn"
    for name, address in (("open", "http://chat.example/x"), ("well", "https://chat.example/x")):
        url = world.secret(name, address)
        world.configure(f'[notify.targets.{name}]\nkind = "slack"\nurl = {{ file = "{url}" }}')
    found = checks(world)
    assert saying(found, "target open").level == "warn"
    assert saying(found, "target well").level == "ok"
    assert "chat.example" not in "".join(each.what + each.mend for each in found)
