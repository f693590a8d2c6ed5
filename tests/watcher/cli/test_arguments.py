"""What a scan refuses, and what it says of what it leaves out."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click
import pytest

from tests.watcher.cli.users import as_nobody, give_away
from tests.world import World, leaked_csv
from watcher.cli.arguments import passed_over, refuse


def test_what_may_never_end_is_refused(world: World, tmp_path: Path) -> None:
    """A pipe, a device, a socket: exit 2 at once, with another way; nothing is stored."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        for path in (pipe, tmp_path / "socket", Path("/dev/zero")):
            done = world.run("scan", "--json", str(path))
            assert (done.code, done.out) == (2, ""), done
            assert str(path) in done.err
            assert "watcher scan -" in done.err


def test_an_empty_argument_is_not_the_current_folder(world: World) -> None:
    """As an unset variable of a script gives it: exit 2, and nothing is read."""
    (world.folder / "leak.csv").write_bytes(leaked_csv(world.rows[:40]))
    for words in (("scan", ""), ("scan", "leak.csv", ""), ("enrol", "")):
        done = world.run(*words)
        assert (done.code, done.out) == (2, ""), done
        assert "empty argument" in done.err


def test_files_and_folders_pass(tmp_path: Path) -> None:
    """So does what is not there: that is told as not read."""
    (tmp_path / "a").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    refuse([str(tmp_path), str(tmp_path / "a"), str(tmp_path / "link"), str(tmp_path / "no")])
    with pytest.raises(click.UsageError):
        refuse([str(tmp_path), ""])


def test_what_a_folder_holds_besides_files_is_counted(world: World, tmp_path: Path) -> None:
    """Links and special files are not read, and that is said on stderr; the code stays."""
    drop = tmp_path / "drop"
    (drop / "inner").mkdir(parents=True)
    (drop / "a.txt").write_text("Rain and tea.\n")
    (drop / "b.txt").symlink_to(drop / "a.txt")
    (drop / "inner" / "up").symlink_to(drop)
    os.mkfifo(drop / "inner" / "pipe")
    found = passed_over([str(drop), str(drop / "a.txt"), str(tmp_path / "no")])
    assert (found.links, found.special, found.closed) == (2, 1, ())
    done = world.run("scan", "--json", str(drop))
    assert (done.code, done.objects[-1]["documents"]) == (0, 1)
    assert "2 links and 1 special file" in done.err


def test_a_folder_that_is_closed_is_not_read(open_world: World) -> None:
    """It is an `unread` object with the folder's name, and the command ends with 3."""
    world = open_world
    drop = world.folder / "drop"
    (drop / "closed").mkdir(parents=True)
    (drop / "a.txt").write_text("Rain and tea.\n")
    give_away(world)
    os.chown(drop / "closed", 0, 0)
    (drop / "closed").chmod(0o700)
    done = as_nobody(world, "scan", "--json", str(drop))
    assert done.code == 3, done
    assert [each["document"] for each in done.of("unread")] == [str(drop / "closed")]
    assert "Permission denied" in done.err
    assert done.objects[-1]["unread"] == 1
