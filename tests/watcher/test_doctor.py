"""What a careful administrator would look at."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.world import World
from watcher.config import load
from watcher.demo.roster import csv_of
from watcher.doctor import Check, examine
from watcher.store import Book


def checks(world: World, **more: datetime) -> list[Check]:
    return list(examine(load(world.config, os.environ), **more))


def saying(found: list[Check], words: str) -> Check:
    (check,) = [each for each in found if words in each.what]
    return check


def test_a_sound_installation_has_no_error(world: World) -> None:
    """A fresh one warns only of what its user was told to do next."""
    found = checks(world)
    assert [each for each in found if each.level == "error"] == []
    assert saying(found, "private key is still").level == "warn"
    assert saying(found, "index: 600 people").level == "ok"


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


def broken_store(world: World) -> None:
    (world.data / "watcher.db").write_bytes(b"not a database at all, just words" * 200)


@pytest.mark.parametrize(
    ("spoil", "words", "mend", "code"),
    [
        (open_key, "key", "chmod 600", 2),
        (no_key, "key", "", 2),
        (open_data, "others may look inside", "chmod 700", 2),
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


def test_an_old_roster_is_a_warning(world: World) -> None:
    """People who joined since are not recognised."""
    later = datetime.now(UTC) + timedelta(days=100)
    assert saying(checks(world, now=later), "index: 600 people").level == "warn"


def test_json_is_one_object_a_line(world: World) -> None:
    """For those who watch the watcher."""
    done = world.run("doctor", "--json")
    assert {each["type"] for each in done.objects} == {"check"}
    assert {each["level"] for each in done.objects} <= {"ok", "warn", "error"}


def test_nothing_is_written(world: World) -> None:
    """Looking changes nothing in the installation."""

    def shown(root: Path) -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.endswith(("-wal", "-shm"))
        }

    before = shown(world.folder)
    assert world.run("doctor").code == 0
    assert shown(world.folder) == before
