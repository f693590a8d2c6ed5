"""Key, custodians, directory, index, store and evidence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.watcher.doctor.checks import checks, saying
from tests.world import World, leaked_csv
from watcher.demo.roster import csv_of
from watcher.model import Severity
from watcher.store import Book


def test_the_private_key_stops_being_named_when_it_is_gone(world: World) -> None:
    """Moving it off the machine ends the warning."""
    (world.folder / "custodian-private-key.txt").unlink()
    assert not [each for each in checks(world) if "private key" in each.what]


def open_key(world: World) -> None:
    next((world.home / ".config" / "watcher").iterdir()).chmod(0o644)


def no_key(world: World) -> None:
    next((world.home / ".config" / "watcher").iterdir()).unlink()


def open_data(world: World) -> None:
    world.data.chmod(0o755)


def no_index(world: World) -> None:
    (world.data / "index.sealed").unlink()


def old_index(world: World) -> None:
    path = world.data / "index.sealed"
    old = path.read_bytes()
    assert world.run("enrol", "-", stdin=csv_of(world.rows)).code == 0
    path.write_bytes(old)


def altered_index(world: World) -> None:
    path = world.data / "index.sealed"
    held = bytearray(path.read_bytes())
    held[5000] ^= 1
    path.write_bytes(held)


def no_data(world: World) -> None:
    shutil.rmtree(world.data)


def broken_store(world: World) -> None:
    (world.data / "watcher.db").write_bytes(b"not a database at all, just words" * 200)


@pytest.mark.parametrize(
    ("spoil", "words", "mend", "code"),
    [
        (open_key, "key", "chmod 600", 2),
        (no_key, "key", "", 2),
        (open_data, "others may look inside", "chmod 700", 2),
        (no_data, "is not there", "mkdir -m 700", 2),
        (no_index, "no index", "watcher enrol", 2),
        (old_index, "old copy", "", 4),
        (altered_index, "altered", "watcher enrol", 4),
        (broken_store, "watcher.db", "", 3),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(
    world: World, spoil: Callable[[World], None], words: str, mend: str, code: int
) -> None:
    """One error for one fault, in words that say what to do; the command ends with its code."""
    spoil(world)
    errors = [each for each in checks(world) if each.level == "error"]
    assert any(words in each.what and mend in each.what + each.mend for each in errors), errors
    done = world.run("doctor")
    assert done.code >= code
    assert "error" in done.out


def test_an_old_roster_is_a_warning(world: World) -> None:
    """People who joined since are not recognised."""
    later = datetime.now(UTC) + timedelta(days=100)
    assert saying(checks(world, now=later), "index: 600 people").level == "warn"


def test_evidence_is_counted(world: World) -> None:
    """And the command that checks it is named: the doctor opens no evidence."""
    assert world.run("scan", "-", stdin=leaked_csv(world.rows[:40])).code == 1
    found = checks(world)
    assert saying(found, "evidence: 1 file; `watcher verify` checks them").level == "ok"
    assert saying(found, "store: whole, 1 alert,").level == "ok"


def test_a_delivery_that_waits_is_a_warning(world: World) -> None:
    """An alert that should have been told an hour ago: does anybody tell?"""
    url = world.secret("hook", "https://chat.example/hook")
    world.configure(f'[notify.targets.ops]\nkind = "slack"\nurl = {{ file = "{url}" }}')
    assert world.run("scan", "-", stdin=leaked_csv(world.rows[:40])).code == 1
    now = datetime.now(UTC)
    with Book.open(world.data / "watcher.db") as book:
        book.owe("A-1", now=now, targets={"ops": Severity.LOW})
    assert not [each for each in checks(world, now=now) if "due since" in each.what]
    later = checks(world, now=now + timedelta(hours=2))
    assert saying(later, "due since").level == "warn"
