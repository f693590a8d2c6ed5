"""What the store knows of a source becomes facts to judge it by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import Minded, hearing, listings
from tests.watcher.daemon.test_mind import without_canary
from tests.watcher.doctor.checks import checks, saying
from tests.watcher.fetch.site import Site
from tests.world import World
from watcher.daemon.figures import figures
from watcher.histories import AT_ONCE, Histories
from watcher.store import Book, Brought

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_facts_are_what_visits_left(tmp_path: Path) -> None:
    """Ends, times, documents of the last day, and the hours; a source never visited has none."""
    with Book.open(tmp_path / "w.db", create=True) as book:
        for hour in range(48, -1, -1):
            at = NOW - hour * HOUR
            brought = Brought(new=2, kept=1, lost=1)
            book.visited("a", now=at, next_due=at + HOUR, items=5, brought=brought)
        histories = Histories({"a": HOUR, "b": HOUR})
        found = histories.facts(book, NOW)
        assert found["b"].tried_at is None
        a = found["a"]
        assert (a.tried_at, a.last_ok, a.new_at, a.next_due) == (NOW, NOW, NOW, NOW + HOUR)
        assert (a.kept, a.lost) == (24, 24)
        assert set(a.ends) == {"ok"}
        assert a.usual is None


def test_what_changes_slowly_is_read_now_and_then(tmp_path: Path) -> None:
    """Ends and times are always of now; hours may be ten minutes old, also when the clock goes back."""
    with Book.open(tmp_path / "w.db", create=True) as book:
        histories = Histories({"a": HOUR})
        book.visited("a", now=NOW - HOUR, next_due=NOW, items=5)
        assert len(histories.facts(book, NOW)["a"].hours) == 1
        book.visited("a", now=NOW, next_due=NOW, error="x", kind="listing")
        soon = histories.facts(book, NOW + timedelta(minutes=5))["a"]
        assert (len(soon.hours), soon.ends) == (1, ("ok", "listing"))
        assert len(histories.facts(book, NOW + timedelta(minutes=11))["a"].hours) == 2
        assert len(histories.facts(book, NOW)["a"].hours) == 2


def test_five_weeks_are_enough_to_know_what_is_usual(tmp_path: Path) -> None:
    """From a real store, hour by hour."""
    with Book.open(tmp_path / "w.db", create=True) as book:
        book._db.conn.execute("PRAGMA synchronous = OFF")
        for hour in range(20 * 24, 0, -1):
            at = NOW - hour * HOUR
            book.visited("a", now=at, next_due=at + HOUR, items=5, brought=Brought(new=3))
        usual = Histories({"a": HOUR}).facts(book, NOW)["a"].usual
        assert usual is not None
        assert abs(usual.a_day - 72) < 1


def test_many_sources_are_learned_of_one_after_another(tmp_path: Path) -> None:
    """The first look learns of some, the next of the others; meanwhile all are known."""
    names = [f"s{n:02}" for n in range(AT_ONCE + 5)]
    with Book.open(tmp_path / "w.db", create=True) as book:
        book._db.conn.execute("PRAGMA synchronous = OFF")
        book._db.conn.executemany(
            "INSERT INTO visit_hour (source, hour, visits, new) VALUES (?, ?, 1, 3)",
            [
                (name, f"{NOW - hour * HOUR:%Y-%m-%dT%H}")
                for name in names
                for hour in range(20 * 24, 0, -1)
            ],
        )
        for name in names:
            book.visited(name, now=NOW - HOUR, next_due=NOW, items=5)
        histories = Histories(dict.fromkeys(names, HOUR))
        for known in (AT_ONCE, len(names)):
            found = histories.facts(book, NOW)
            assert all(found[name].tried_at and found[name].hours for name in names)
            assert sum(each.usual is not None for each in found.values()) == known


async def test_all_who_say_how_a_source_is_say_the_same(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """The service, its figures, `watcher sources` and `watcher doctor`, after two days of rest too."""
    without_canary(world)
    names = ("sick", "well", "idle")
    tables, heard = hearing(world, place)
    async with built(tables + listings(place, *names)) as road:
        now.passes(-2 * DAY - HOUR)  # the commands look at the real clock
        minded = Minded(road, now)
        await minded.mind.begin()
        for name in names:
            await minded.visited(name, new=1)
        await minded.look()
        minded.passes(2 * DAY)
        minded = Minded(road, now)
        await minded.mind.begin()
        for _ in range(4):
            await minded.visited("sick", "the marker is gone")
            await minded.visited("well", new=1)
            await minded.look()
            minded.passes(HOUR / 4)
        told = [each for each in heard.notices() if each[0]]
        shown = (await figures(road, minded.mind.histories)).sources
    listed = {each["name"]: each["state"] for each in world.run("sources", "--json").of("source")}
    checked = {name: saying(checks(world), f"source {name}:").level for name in names}
    assert told == [("sick", "blind")]
    assert {name: each.state for name, each in shown.items()} == {
        name: listed[name] for name in names
    }
    assert {name: listed[name] for name in names} == {"sick": "blind", "well": "ok", "idle": "ok"}
    assert checked == {"sick": "error", "well": "ok", "idle": "ok"}
