"""How sources do, and what else is told, as `sources` shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.watcher.store.test_canaries import back
from tests.world import World
from watcher.model import Notice, Severity
from watcher.store import Book, Brought


def test_sources_shows_how_each_is(world: World) -> None:
    """Blind and since when, what a place brings a day, and the canary's last return."""
    world.configure(
        '[sources.mine]\nkind = "folder"\npath = "drop"\nevery = "1h"\n'
        '[sources.gone]\nkind = "folder"\npath = "nowhere"\n'
    )
    now = datetime.now(UTC)
    with Book.open(world.data / "watcher.db", create=True) as book:
        for hour in range(20 * 24, -1, -1):
            at = now - timedelta(hours=hour)
            brought = Brought(new=2)
            book.visited("mine", now=at, next_due=at + timedelta(hours=1), items=4, brought=brought)
        book.visited("gone", now=now - timedelta(hours=3), next_due=now, items=1)
        for _ in range(3):
            due = now + timedelta(hours=1)
            book.visited("gone", now=now, next_due=due, error="it is not there", kind="listing")
        book.settle(back("c"), now=now, canary=True)
    done = world.run("sources", "--json")
    listed = {each["name"]: each for each in done.of("source")}
    assert (listed["mine"]["state"], listed["mine"]["since"]) == ("ok", None)
    assert abs(listed["mine"]["usual"] - 48) < 4
    assert (listed["gone"]["state"], listed["gone"]["usual"]) == ("blind", None)
    assert listed["gone"]["since"] == (now - timedelta(hours=3)).isoformat()
    assert listed["gone"]["error"] == "it is not there"
    assert done.of("canary") == [{"type": "canary", "at": now.isoformat(), "source": "pastes"}]
    shown = world.run("sources")
    assert "usual a day" in shown.out
    assert f"it is not there (next visit {due.astimezone():%Y-%m-%d %H:%M})" in shown.out
    assert "canary: came back" in shown.err


def test_what_else_is_told_is_told_in_json_too(world: World) -> None:
    """The same objects of which people are told below the table."""
    now = datetime.now(UTC)
    late = Notice(
        kind="canary", subject="", state="late", severity=Severity.HIGH,
        title="the canary is late", reasons=("not seen since noon",), at=now,
    )  # fmt: skip
    with Book.open(world.data / "watcher.db", create=True) as book:
        book.report(late, targets={})
    (said,) = world.run("sources", "--json").of("condition")
    assert said == {
        "type": "condition",
        "kind": "canary",
        "subject": "",
        "state": "late",
        "severity": "high",
        "since": now.isoformat(),
        "reasons": ["not seen since noon"],
    }
    assert "canary: late since" in world.run("sources").err
