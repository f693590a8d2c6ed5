"""What the command ends with."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from watcher.cli import codes
from watcher.errors import (
    ConfigError,
    CustodyError,
    FetchError,
    PluginError,
    ReadError,
    SourceError,
    StoreError,
    WatcherError,
)

MARK = "Quillfeather-7041852"


def raising(problem: BaseException) -> int:
    def command() -> object:
        raise problem

    return codes.run(command)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (ConfigError("x"), 2),
        (PluginError("x"), 2),
        (FetchError("x", retry=True), 3),
        (ReadError("x"), 3),
        (SourceError("x"), 3),
        (StoreError("x"), 3),
        (CustodyError("x"), 4),
        (click.UsageError("x"), 2),
        (click.Abort(), 130),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError("x"), 70),
        (click.exceptions.Exit(3), 3),
    ],
)
def test_every_failure_has_its_code(problem: BaseException, code: int) -> None:
    """The exit code says what kind of failure it was, and 1 is never among them."""
    assert raising(problem) == code
    assert code != codes.FOUND


def test_every_error_of_ours_has_a_code_of_the_contract() -> None:
    """No leaf of the error tree can end a command with 1, or with a number nobody promised."""
    leaves = [WatcherError]
    while leaves:
        error = leaves.pop()
        leaves += error.__subclasses__()
        assert error.exit_code in {2, 3, 4}


def test_a_programming_error_is_told_without_values(capfd: pytest.CaptureFixture[str]) -> None:
    """Its class and place are said, and not its message, which may quote what was found."""
    assert raising(ValueError(MARK)) == codes.FAULT
    said = "".join(capfd.readouterr())
    assert "ValueError at " in said
    assert MARK not in said


def test_a_reader_that_goes_away_is_no_finding() -> None:
    """`watcher … | head -1` does not end with 1, and prints no traceback."""
    script = (
        "import sys; from watcher.cli import codes\n"
        "def command():\n"
        "    for _ in range(100_000): print('a line')\n"
        "sys.exit(codes.run(command))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == codes.NO_READER
