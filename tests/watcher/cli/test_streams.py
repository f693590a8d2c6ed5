"""Streams that are closed, full, without a reader or without letters: the command as a process."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.world import Ran, World, leaked_csv
from watcher.cli import codes
from watcher.demo.roster import csv_of

# Every command; those that would do too much are asked for their help.
COMMANDS = (
    ("--help",), ("--version",), ("alerts",), ("show", "A-1", "--json"), ("sources",),
    ("sources", "check", "mine"), ("verify",), ("doctor",), ("scan", "quiet.txt", "--json"),
    ("scan", "leak.csv"), ("enrol", "roster.csv"), ("init", "new"),
    ("demo", "--help"), ("run", "--help"), ("test", "--help"),
)  # fmt: skip


@pytest.fixture(scope="module")
def found(founded: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with one alert and a source. Its commands may be called in any order."""
    world = founded.copy(tmp_path_factory.mktemp("streams") / "own")
    (world.folder / "drop").mkdir()
    (world.folder / "drop" / "a.txt").write_text("Rain and tea.\n")
    (world.folder / "quiet.txt").write_text("Rain and tea.\n")
    (world.folder / "leak.csv").write_bytes(leaked_csv(world.rows[:40]))
    (world.folder / "roster.csv").write_bytes(csv_of(world.rows))
    world.configure('[sources.mine]\nkind = "folder"\npath = "drop"\n')
    assert world.run("scan", "-", stdin=leaked_csv(world.rows[:40])).code == 1
    return world


def shell(world: World, redirect: str, *words: str, environ: dict[str, str] | None = None) -> Ran:
    """`watcher WORDS… REDIRECT`, as a shell runs it."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", sys.executable, "-m", "watcher", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=world.environ() | (environ or {}),
        cwd=world.folder,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def without_reader(world: World, stream: str, *words: str) -> Ran:
    """The command with `stdout` or `stderr` a pipe whose other end is closed."""
    end, start = os.pipe()
    os.close(end)
    own = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: start}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "watcher", *words],
            stdin=subprocess.DEVNULL,
            **own,  # type: ignore[call-overload]  # the two streams, by name
            env=world.environ(),
            cwd=world.folder,
            timeout=120,
            check=False,
        )
    finally:
        os.close(start)
    return Ran(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_reader_that_went_away_is_no_finding(found: World, words: tuple[str, ...]) -> None:
    """`watcher … | head -0` ends with 141 whatever was found, and says nothing of its own fault."""
    if words[0] == "init":
        words = ("init", "gone")
    done = without_reader(found, "stdout", *words)
    assert done.code == codes.NO_READER, done
    assert "Error" not in done.err
    assert "programming" not in done.err


def test_a_reader_that_leaves_in_the_middle(found: World) -> None:
    """The same when it has read a line of many."""
    for number in range(60):
        (found.folder / "drop" / f"{number}.txt").write_text("Rain and tea.\n")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "watcher", "sources", "check", "mine", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=found.environ(),
        cwd=found.folder,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == codes.NO_READER


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("alerts",), 0),
        (("alarts",), 2),
        (("scan", "leak.csv", "--no-store"), 1),
        (("scan", "no.csv", "--json"), 3),
    ],
)
def test_nobody_need_read_the_messages(found: World, words: tuple[str, ...], code: int) -> None:
    """With stderr without a reader, full or closed, a command does and ends as ever."""
    assert without_reader(found, "stderr", *words).code == code
    assert shell(found, "2>/dev/full", *words).code == code
    assert shell(found, "2>&-", *words).code == code


@pytest.mark.parametrize("words", [("alerts",), ("--help",), ("scan", "leak.csv"), ("doctor",)])
def test_a_full_disk_is_told(found: World, words: tuple[str, ...]) -> None:
    """What was found may not have been printed: exit 3, in words."""
    done = shell(found, ">/dev/full", *words)
    assert done.code == codes.UNREAD, done
    assert "standard output: No space left on device" in done.err


@pytest.mark.parametrize(
    ("words", "code"),
    [(("alerts",), 0), (("--version",), 0), (("scan", "leak.csv", "--json"), 1), (("verify",), 0)],
)
def test_a_closed_stdout_is_nobody_listening(
    found: World, words: tuple[str, ...], code: int
) -> None:
    """The exit code is what was wanted; the store is not written into by mistake."""
    assert shell(found, ">&-", *words).code == code
    assert shell(found, "<&- >&- 2>&-", *words).code == code
    assert found.run("verify").code == 0


def test_a_closed_stdin_is_not_an_empty_document(found: World) -> None:
    """Nothing could be read: that is no clean input and no empty roster."""
    for words in (("scan", "-"), ("enrol", "-")):
        done = shell(found, "<&-", *words)
        assert done.code == codes.USAGE, done
        assert "standard input: is closed" in done.err


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=["locale", "strict"],
)
def test_a_locale_without_letters(found: World, environ: dict[str, str], tmp_path: Path) -> None:
    """What the stream cannot show is written as an escape; every command ends as it would."""
    odd = tmp_path / "größe–1.csv"
    odd.write_bytes(leaked_csv(found.rows[:40]))
    expected = {("scan", str(odd)): 1, ("enrol", "roster.csv"): 0, ("sources", "check", "x–y"): 2}
    for words in (("--help",), ("alerts",), ("show", "A-1"), ("sources",), ("doctor",)):
        expected[words] = 0
    for words, code in expected.items():
        done = shell(found, "", *words, environ=environ)
        assert done.code == code, (words, done)
        assert "programming" not in done.err


def test_an_installation_in_a_folder_that_is_no_text(tmp_path: Path) -> None:
    """Its name cannot be written in a configuration: exit 2, and nothing is left behind."""
    home = tmp_path / os.fsdecode(b"\xff-home")
    home.mkdir()
    world = World(tmp_path / "watch", home, [])
    done = world.run("init", str(world.folder), cwd=tmp_path)
    assert done.code == 2, done
    assert "is not UTF-8" in done.err
    assert not world.folder.exists()


def held(pipe: int) -> int:
    """Bytes in a pipe that nobody has read (ioctl_pipe(2), "FIONREAD")."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def asleep(pid: int) -> bool:
    """Whether a process waits in the kernel (proc(5), "stat")."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


@pytest.mark.parametrize("command", ["scan", "enrol"])
def test_ctrl_c_ends_the_wait_for_standard_input(found: World, command: str) -> None:
    """Once is enough, and it ends with 130."""
    with subprocess.Popen(
        [sys.executable, "-m", "watcher", command, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=found.environ(),
        cwd=found.folder,
        # A shell's background job ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # takes no lock
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        # More than a pipe holds: when all is written the command is reading.
        process.stdin.write(b"a line\n" * 100_000)
        process.stdin.flush()
        while held(process.stdin.fileno()) or not asleep(process.pid):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == codes.INTERRUPTED
        assert b"interrupted" in process.stderr.read()
