"""What the command ends with."""

from __future__ import annotations

import click
import pytest

from watcher.cli import codes
from watcher.cli.streams import NoReader, Unwritable
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
from watcher.model import Severity

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
        (OSError(5, "Input/output error"), 3),
        (NoReader(), 141),
        (Unwritable("x"), 3),
        (SystemExit(1), 2),
        (SystemExit(0), 0),
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


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(28, "No space left on device", "/somewhere/watcher.db"), "/somewhere/watcher.db"),
        (OSError(24, "Too many open files"), "Too many open files at "),
    ],
)
def test_what_the_system_refuses_is_no_fault_of_the_program(
    problem: OSError, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is told with its file, or with the place where it happened."""
    assert raising(problem) == codes.UNREAD
    assert said in capfd.readouterr().err


def test_a_message_cannot_steer_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Names of files are in messages, and may come from strangers; its own lines stay lines."""
    assert raising(ConfigError("a\x1b[31m.csv: bad\nb\u202e.csv: bad")) == codes.USAGE
    assert (
        capfd.readouterr().err
        == "watcher: a\N{REPLACEMENT CHARACTER}[31m.csv: bad\nb\N{REPLACEMENT CHARACTER}.csv: bad\n"
    )


@pytest.mark.parametrize(
    ("severity", "fail_on", "expected"),
    [
        (None, Severity.INFO, False),
        (Severity.INFO, Severity.LOW, False),
        (Severity.LOW, Severity.LOW, True),
        (Severity.HIGH, Severity.CRITICAL, False),
    ],
)
def test_what_makes_a_command_end_with_1(
    severity: Severity | None, fail_on: Severity, *, expected: bool
) -> None:
    """A finding at or above the threshold, and no finding never does."""
    assert codes.found(severity, fail_on) is expected
