"""The command as a process: which configuration, as whom, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.world import World, leaked_csv


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
    named = world.run("--config", str(founded.config), "doctor", cwd=tmp_path)
    assert str(founded.config) in named.out
    environment = world.run("doctor", cwd=tmp_path)
    assert str(world.config) in environment.out


def test_looking_is_quick_because_nothing_heavy_is_loaded() -> None:
    """`alerts`, `show` and `sources` import neither numpy, aiohttp, lxml nor the scheduler."""
    script = (
        "import sys; from watcher.cli import look, main; from watcher import config, log, store\n"
        "heavy = {'numpy', 'aiohttp', 'lxml', 'bs4', 'apscheduler', 'feedparser', 'warcio',"
        " 'python_calamine', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# A developer's interpreter may lie below /root, where no other user may go: in a
# mount namespace of the test's own, /root is open and holds nothing else.
OPEN_ROOT = """
set -e
held=$(mktemp -d) && mount --bind /root/.pyenv "$held"
mount -t tmpfs -o mode=755 none /root
mkdir /root/.pyenv && mount --bind "$held" /root/.pyenv
exec "$@"
"""


def as_root(world: World, *words: str, stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    """The command as root, on an installation of another user's."""
    command = [sys.executable, "-m", "watcher", *words]
    asked = "import os; os.setuid(65534); import bisect, colorsys"
    tried = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    if tried.returncode:
        if not Path(sys.base_prefix).is_relative_to("/root/.pyenv"):
            pytest.skip(f"no other user may run {sys.executable}")
        command = ["unshare", "--mount", "sh", "-c", OPEN_ROOT, "sh", *command]
    return subprocess.run(
        command, input=stdin, capture_output=True, env=world.environ(), cwd="/", check=False
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_root_becomes_the_owner_of_the_data(world: World) -> None:
    """What a command writes as root belongs to the user whose data directory it is."""
    # The whole way down must be open to `nobody`; pytest's own folders are not.
    for folder in (world.folder, *world.folder.parents):
        if folder == Path(tempfile.gettempdir()):
            break
        folder.chmod(0o755)
    subprocess.run(["chown", "-R", "nobody", str(world.folder), str(world.home)], check=True)
    done = as_root(world, "scan", "-", stdin=leaked_csv(world.rows[:40]))
    assert done.returncode == 1, done
    owner = world.data.stat().st_uid
    assert owner != 0
    assert {path.stat().st_uid for path in world.data.rglob("*")} == {owner}
    assert list((world.data / "evidence").rglob("*.age"))


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
