"""What the doctor says of the watcher's own health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.watcher.doctor.checks import checks, saying
from tests.watcher.store.test_canaries import back
from tests.world import World, csv_of
from watcher.model import Notice, Severity
from watcher.store import Book

NOW = datetime.now(UTC)


def test_the_canarys_last_return_is_said(world: World) -> None:
    """Enrolled and not back yet, back, and missing for too long."""
    assert saying(checks(world), "canary: enrolled").level == "ok"
    with Book.open(world.data / "watcher.db", create=True) as book:
        book.settle(back("c"), now=NOW, canary=True)
    came = saying(checks(world, now=NOW + timedelta(minutes=30)), "canary: came back")
    assert (came.level, f"{NOW:%Y-%m-%d %H:%M}" in came.what) == ("ok", True)
    late = saying(checks(world, now=NOW + timedelta(hours=2)), "canary: came back")
    assert (late.level, late.code) == ("error", 3)


def test_a_canary_that_never_came_and_is_late_is_an_error(world: World) -> None:
    """What the service told of it is said, with what to look at."""
    with Book.open(world.data / "watcher.db", create=True) as book:
        notice = Notice(
            kind="canary",
            state="late",
            severity=Severity.HIGH,
            title="x",
            reasons=("not found within 15 minutes", "look at the log"),
            at=NOW,
        )
        book.report(notice, targets={})
    late = saying(checks(world), "canary: late since")
    assert (late.level, late.code, late.mend) == ("error", 3, "look at the log")


def test_a_canary_that_is_off_or_not_enrolled_is_a_warning(world: World) -> None:
    """Either way nobody knows whether a leak would be found; the mend is named."""
    text = world.config.read_text()
    world.config.write_text(text.replace("enabled = true", "enabled = false"))
    assert saying(checks(world), "canary: off").level == "warn"
    assert world.run("enrol", "-", stdin=csv_of(world.rows)).code == 0
    world.config.write_text(text)
    check = saying(checks(world), "canary: not enrolled")
    assert "watcher enrol" in check.mend


def test_people_are_counted_without_the_canary(world: World) -> None:
    """It is nobody."""
    assert saying(checks(world), "index: ").what.startswith(f"index: {len(world.rows)} people")


def test_what_was_told_and_has_not_ended_is_there(world: World) -> None:
    """High is an error, the rest a warning; what is well again is not said."""
    assert saying(checks(world), "heartbeat: none").level == "warn"
    with Book.open(world.data / "watcher.db", create=True) as book:
        for kind, severity in (("disk", Severity.MEDIUM), ("evidence", Severity.HIGH)):
            notice = Notice(
                kind=kind, state="low", severity=severity, title="x", reasons=("why",), at=NOW
            )
            book.report(notice, targets={})
    found = checks(world)
    assert saying(found, "disk: low since").level == "warn"
    assert saying(found, "evidence: low since").level == "error"
