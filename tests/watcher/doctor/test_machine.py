"""The clock and the service manager."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.watcher.doctor.checks import checks, saying
from tests.world import World


def test_a_clock_before_the_index_is_wrong(world: World) -> None:
    """Evidence under a wrong time is hard to defend: an error with code 3."""
    early = datetime.now(UTC) - timedelta(days=1)
    clock = saying(checks(world, now=early), "clock: it is earlier")
    assert (clock.level, clock.code) == ("error", 3)


def test_the_clock_is_looked_at_with_or_without_an_index(world: World) -> None:
    """One line of it in any case."""
    assert saying(checks(world), "clock:").level in {"ok", "warn"}
    (world.data / "index.sealed").unlink()
    assert saying(checks(world), "clock:").level in {"ok", "warn"}


def test_without_systemd_there_is_no_unit_to_look_for(world: World) -> None:
    """Which is said; with it, whether the service is active."""
    check = saying(checks(world), "unit:")
    if Path("/run/systemd/system").is_dir():
        assert "watcher.service is" in check.what
    else:
        assert (check.level, check.mend) == ("ok", "")
