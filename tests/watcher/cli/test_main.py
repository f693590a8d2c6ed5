"""The command as a process: which configuration, as whom, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from tests.world import World


def test_without_a_configuration_it_says_where_it_looked(tmp_path: Path) -> None:
    """Exit 2, and the command that makes one."""
    bare = World(tmp_path, tmp_path, [])
    done = bare.run("alerts")
    assert done.code == 2
    assert "watcher init" in done.err
    assert done.out == ""


def test_an_unknown_command_or_option_is_usage(world: World) -> None:
    """Exit 2, on stderr, with nothing on stdout."""
    for words in (["alarts"], ["alerts", "--jsno"], ["show"], ["scan", "--fail-on", "urgent", "-"]):
        done = world.run(*words)
        assert (done.code, done.out) == (2, ""), words
        assert done.err


def test_the_configuration_named_wins(world: World, founded: World, tmp_path: Path) -> None:
    """--config goes before $WATCHER_CONFIG, which goes before ./config.toml."""
    (tmp_path / "config.toml").write_text("nonsense = 1\n")
    other = founded.copy(tmp_path / "other")
    named = world.run("--config", str(other.config), "doctor", cwd=tmp_path)
    assert str(other.config) in named.out
    environment = world.run("doctor", cwd=tmp_path)
    assert str(world.config) in environment.out


def test_looking_is_quick_because_nothing_heavy_is_loaded() -> None:
    """`alerts`, `show` and `sources` import neither numpy, aiohttp, lxml nor the scheduler."""
    script = (
        "import sys; from watcher.cli import look, main, sources; from watcher import config, log, store\n"
        "heavy = {'numpy', 'aiohttp', 'lxml', 'bs4', 'apscheduler', 'feedparser', 'warcio',"
        " 'python_calamine', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_mistyped_command_is_guessed() -> None:
    """Exit 2 and the command that was meant; no guess where nothing is near."""
    world = World(Path.cwd(), Path.cwd(), [])
    for word, meant in (("alarts", "alerts"), ("enroll", "enrol"), ("source", "sources")):
        done = world.run(word)
        assert done.code == 2
        assert f"did you mean '{meant}'?" in done.err
    assert "did you mean" not in world.run("xyzzy").err


def test_the_version_is_the_installed_one() -> None:
    """Asked for, and only then looked up."""
    done = World(Path.cwd(), Path.cwd(), []).run("--version")
    assert (done.code, done.out) == (0, f"watcher, version {version('leak-watcher')}\n")


def test_help_is_help() -> None:
    """Exit 0 on stdout, for the group and for each of its commands."""
    world = World(Path.cwd(), Path.cwd(), [])
    commands = ("init", "enrol", "scan", "run", "demo", "test", "alerts", "show", "sources",
                "verify", "doctor")  # fmt: skip
    listed = world.run("--help")
    assert listed.code == 0
    for name in commands:
        assert f"\n  {name} " in listed.out
        own = world.run(name, "--help")
        assert (own.code, own.out.startswith("Usage: ")) == (0, True)
