from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from watcher.errors import ConfigError, StoreError
from watcher.store import visiting

_HOLD = """
import sys, time
from pathlib import Path
from watcher.store import visiting
with visiting(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_process_at_a_time_and_none_after_a_crash(tmp_path: Path) -> None:
    """The second is told who holds it, with exit code 2; a killed holder holds nothing."""
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(ConfigError, match=rf"\(pid {holder.pid}\) visits sources") as refused,
            visiting(path),
        ):
            pytest.fail("two visit at once")
        assert refused.value.exit_code == 2
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with visiting(path):
        assert path.read_text() == f"{os.getpid()}\n"
        assert path.stat().st_mode & 0o777 == 0o600
    with visiting(path):
        pass


def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A missing data directory, or a link planted in its place."""
    with (
        pytest.raises(StoreError, match="run as the user who owns"),
        visiting(tmp_path / "x" / "lock"),
    ):
        pass
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError), visiting(tmp_path / "lock"):
        pass
    assert not (tmp_path / "elsewhere").exists()
