from __future__ import annotations

import subprocess
import sys

from watcher import log


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )


def test_before_the_setup_nothing_is_written() -> None:
    """Not even by structlog's own default, which would print local variables."""
    done = run(
        "import structlog\n"
        "from watcher import log\n"
        "try: raise ValueError('marked')\n"
        "except ValueError: log.get('a').exception('a.b')\n"
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_structlog_is_not_loaded_for_it() -> None:
    """A command that answers at once and says nothing does not pay for it."""
    done = run("import sys; from watcher import log; log.get('a').info('a.b')\nprint(*sys.modules)")
    assert "watcher.log.says" in done.stdout.split()
    assert "structlog" not in done.stdout.split()


def test_a_log_is_named_after_its_module() -> None:
    """One is made where a module begins, which does nothing."""
    assert isinstance(log.get(__name__), log.Log)
