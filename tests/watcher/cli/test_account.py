"""As whom a command runs, and what it says where that one may not go."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import watcher
from tests.watcher.cli.users import NOBODY, as_nobody, as_root, give_away
from tests.world import World, leaked_csv
from watcher.demo.roster import csv_of


def test_root_becomes_the_owner_of_the_data(open_world: World) -> None:
    """What a command writes as root belongs to the user whose data directory it is."""
    world = open_world
    give_away(world)
    done = as_root(world, "scan", "-", stdin=leaked_csv(world.rows[:40]))
    assert done.code == 1, done
    owner = world.data.stat().st_uid
    assert owner != 0
    assert {path.stat().st_uid for path in world.data.rglob("*")} == {owner}
    assert list((world.data / "evidence").rglob("*.age"))


def test_a_data_directory_closed_to_its_owner_is_said(open_world: World) -> None:
    """Exit 2 with the directory and the mend, for a command that reads and for one that writes."""
    world = open_world
    give_away(world)
    world.data.chmod(0)
    for words in (("enrol", "-"), ("alerts",), ("doctor",)):
        done = as_root(world, *words, stdin=csv_of(world.rows))
        assert done.code == 2, done
        assert f"chmod 700 {world.data}" in done.err


def test_a_data_directory_of_somebody_else_is_said(open_world: World) -> None:
    """Exit 2, with whom to run the command as; the same if one may not even come near."""
    world = open_world
    give_away(world)
    subprocess.run(["chown", "root", str(world.data)], check=True)
    done = as_nobody(world, "alerts")
    assert done.code == 2, done
    assert "run the command as root, to whom it belongs" in done.err
    inner = world.data / "further"
    inner.mkdir()
    world.config.write_text(world.config.read_text().replace('"data"', f'"{inner}"'))
    done = as_nobody(world, "alerts")
    assert done.code == 2, done
    assert f"{inner}: Permission denied for nobody; run the command as root" in done.err


def test_a_way_that_is_closed_to_the_owner_is_said(open_world: World) -> None:
    """The data belongs to somebody who cannot get there: exit 2, as whom it was tried."""
    world = open_world
    give_away(world)
    inner = world.folder / "closed" / "data"
    inner.mkdir(parents=True)
    os.chown(inner, NOBODY, NOBODY)
    inner.parent.chmod(0o700)
    world.config.write_text(world.config.read_text().replace('"data"', f'"{inner}"'))
    done = as_root(world, "alerts")
    assert done.code == 2, done
    assert f"{inner}: Permission denied for nobody" in done.err


def test_a_data_directory_that_is_a_file_is_said(world: World) -> None:
    """Exit 2, and which key to mend."""
    shutil.rmtree(world.data)
    world.data.write_text("a file")
    done = world.run("alerts")
    assert (done.code, "mend [store] directory" in done.err) == (2, True), done


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_program_that_the_owner_may_not_read_is_said(open_world: World, tmp_path: Path) -> None:
    """Modules are loaded late, after root has become another user: exit 2, and what to do."""
    world = open_world
    give_away(world)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for package in ("watcher", "sources", "matchers"):
        shutil.copytree(Path(watcher.__file__).parent.parent / package, closed / package)
    shutil.copy(Path(watcher.__file__).parent.parent / "config.example.toml", closed)
    done = subprocess.run(
        [sys.executable, "-m", "watcher", "alerts"],
        env=world.environ() | {"PYTHONPATH": str(closed)},
        cwd=closed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done
    assert "cannot be read by nobody" in done.stderr
    assert str(closed) in done.stderr


def test_data_of_an_account_that_is_not_here(open_world: World) -> None:
    """A number without a name, as after a restore on another machine, is a user as well."""
    world = open_world
    give_away(world)
    subprocess.run(["chown", "-R", "54321", str(world.folder), str(world.home)], check=False)
    done = as_root(world, "scan", "-", stdin=b"Rain and tea.\n")
    assert done.code == 0, done
    assert {path.stat().st_uid for path in world.data.rglob("*")} == {54321}
