from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

from watcher.log.lines import Json, Terminal, Writer, to_journal


def facts() -> dict[str, object]:
    return {
        "timestamp": "2026-01-02T03:04:05.678901Z",
        "level": "warning",
        "logger": "watcher.pipeline",
        "event": "source.failed",
        "source": "pastes",
        "reason": 'said "no"',
    }


def test_a_machine_reads_one_object_a_line() -> None:
    """And journald its priority before it."""
    assert json.loads(Json(priority=False)(None, "warning", facts())) == facts()
    line = Json(priority=True)(None, "warning", facts())
    assert line.startswith('<4>{"timestamp"')
    assert "\n" not in line


def test_a_person_reads_time_event_and_facts() -> None:
    """The logger is left out; a value with spaces is quoted."""
    line = Terminal(colour=False)(None, "warning", facts())
    assert line.endswith(r'  WARNING source.failed  source=pastes reason="said \"no\""')
    assert "\x1b" not in line
    assert "\x1b[33mWARNING source.failed\x1b[0m" in Terminal(colour=True)(None, "warning", facts())


def test_a_stream_that_takes_no_more_stops_nobody() -> None:
    """A closed one, and one whose disk is full."""
    closed = io.StringIO()
    closed.close()
    Writer(closed).msg("x")
    # What could not be written is tried once more when the file is closed.
    with contextlib.suppress(OSError), Path("/dev/full").open("w") as full:
        Writer(full).msg("x")
        said = True
    assert said


def test_the_journal_is_known_by_its_stream(tmp_path: Path) -> None:
    """Device and inode, as systemd writes them; the variable alone may be inherited."""
    with (tmp_path / "out").open("w") as stream, (tmp_path / "other").open("w") as other:
        found = os.fstat(stream.fileno())
        environ = {"JOURNAL_STREAM": f"{found.st_dev}:{found.st_ino}"}
        assert to_journal(stream, environ)
        assert not to_journal(other, environ)
        assert not to_journal(stream, {})
    assert not to_journal(io.StringIO(), environ)
