"""Each test is a process of its own: what is set up holds for a whole process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

MARK = "Winterbourne-48213"

OPENING = """
import asyncio, logging, sys, threading, warnings
from watcher import log
from watcher.errors import SourceError
MARK = "Winterbourne-" + str(48213)
_log = log.get("watcher.test")
"""


def run(code: str, *, status: int = 0, **environ: str) -> list[str]:
    """The lines on stderr of a process that does this; nothing else is written, and no mark."""
    done = subprocess.run(
        [sys.executable, "-c", OPENING + code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environ},
    )
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert MARK not in done.stderr
    assert MARK.lower() not in done.stderr.lower()
    return done.stderr.splitlines()


def records(code: str, *, status: int = 0) -> list[dict[str, Any]]:
    lines = run("log.setup(json=True, level='info')\n" + code, status=status)
    return [json.loads(line) for line in lines]


def test_facts_are_written_as_json_with_time_and_level() -> None:
    """What is below the level is not."""
    (record,) = records("_log.info('a.b', source='pastes', officers=3)\n_log.debug('a.c')")
    assert record.pop("timestamp").endswith("Z")
    assert record == {
        "event": "a.b",
        "level": "info",
        "logger": "watcher.test",
        "officers": 3,
        "source": "pastes",
    }


def test_a_marked_secret_passes_nowhere() -> None:
    """Extra keys, events, objects, other libraries' messages and arguments, exceptions, variables."""
    found = records(
        """
class Thing:
    def __repr__(self): return MARK
def fail():
    local = MARK
    raise KeyError(MARK) from ValueError(MARK)
_log.info('a.b', surname=MARK, count=Thing(), reason={MARK: MARK})
_log.info(MARK)
_log.info('found ' + MARK)
try: fail()
except KeyError as problem:
    _log.exception('a.c', error=problem)
    logging.getLogger('other').exception('%s %r', MARK, Thing(), stack_info=True)
logging.getLogger('other').error(MARK, extra={'surname': MARK})
logging.getLogger('other').error('%d', MARK)
warnings.warn(MARK)
"""
    )
    told = [(record["event"], record["logger"], record.get("exception")) for record in found]
    assert told == [
        ("a.b", "watcher.test", None),
        ("withheld", "watcher.test", None),
        ("withheld", "watcher.test", None),
        ("a.c", "watcher.test", "KeyError"),
        ("foreign.record", "other", "KeyError"),
        ("foreign.record", "other", None),
        ("foreign.record", "other", None),
        ("foreign.record", "py.warnings", None),
    ]
    assert found[3]["causes"] == ["ValueError"]
    assert found[0]["surname"] == "withheld"


def test_levels_of_other_libraries_are_kept() -> None:
    """Told from warning on, whatever our own level is; handlers of their own are taken away."""
    found = records(
        """
other = logging.getLogger('other')
for level in (logging.INFO, logging.WARNING, 35, logging.ERROR, logging.CRITICAL, 60):
    other.log(level, MARK)
"""
    )
    assert [r["level"] for r in found] == ["warning", "warning", "error", "critical", "critical"]
    lines = run(
        """
other = logging.getLogger('other')
other.addHandler(logging.StreamHandler())
other.propagate = False
log.setup(json=True)
other.error(MARK)
"""
    )
    assert len(lines) == 1
    assert json.loads(lines[0])["logger"] == "other"


def test_what_nobody_caught_ends_in_the_log() -> None:
    """In the main thread: class and place, and the status that Python gives."""
    (record,) = records(
        "def fail():\n    local = MARK\n    raise RuntimeError(MARK)\nfail()", status=1
    )
    assert (record["event"], record["level"]) == ("process.crashed", "critical")
    assert record["exception"] == "RuntimeError"
    assert record["at"]


def test_what_nobody_caught_in_a_thread_or_a_destructor() -> None:
    """Other threads, and where Python can only print."""
    found = records(
        """
class Thing:
    def __del__(self): raise RuntimeError(MARK)
def fail(): raise SourceError('no marker')
thread = threading.Thread(target=fail, name=MARK)
thread.start(); thread.join()
thing = Thing()
del thing
"""
    )
    assert [(record["event"], record["exception"]) for record in found] == [
        ("thread.crashed", "SourceError: no marker"),
        ("object.unraisable", "RuntimeError"),
    ]


def test_the_loops_trouble_ends_in_the_log() -> None:
    """A call-back that fails; the loop's own message holds its arguments and is left out."""
    (record,) = records(
        """
def fail(found): raise RuntimeError(found)
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log.loop_handler)
    loop.call_soon(fail, MARK)
    await asyncio.sleep(0)
asyncio.run(main())
"""
    )
    assert (record["event"], record["exception"]) == ("loop.trouble", "RuntimeError")


def test_structlog_itself_is_withheld_too() -> None:
    """A plug-in that uses it directly writes through the same list."""
    (record,) = records("import structlog; structlog.get_logger().info('a.b', surname=MARK)")
    assert record["surname"] == "withheld"


def test_a_terminal_reads_lines() -> None:
    """Without colour where nobody looks."""
    (line,) = run(
        "log.setup(json=False, level='warning')\n_log.info('a.b')\n_log.error('a.c', count=2)"
    )
    assert line.endswith("  ERROR a.c  count=2")


def test_journald_reads_priorities() -> None:
    """If standard error is the journal's stream."""
    (line,) = run(
        """
import os
found = os.fstat(2)
log.setup(json=True, environ={'JOURNAL_STREAM': f'{found.st_dev}:{found.st_ino}'})
_log.error('a.b')
"""
    )
    assert line.startswith('<3>{"')


def test_a_log_that_waits_is_started_by_its_first_record() -> None:
    """What is below the level does not start it; what is told is told as ever."""
    (record,) = [
        json.loads(line)
        for line in run(
            """
log.setup(json=True, level='warning', at_once=False)
_log.info('a.b')
assert 'structlog' not in sys.modules
logging.getLogger('other').error(MARK)
"""
        )
    ]
    assert (record["event"], record["logger"]) == ("foreign.record", "other")
