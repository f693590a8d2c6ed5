"""The places as a process of their own, while something is measured beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(
    hosts: Sequence[str], account: Path, *, core: int | None = None
) -> Iterator[tuple[int, Callable[[str], None]]]:
    """
    The port at which these hosts answer, and what tells them to publish a line of JSON.

    At the end their account is in that file. `core`: the one that they are held to.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "bench.watching.places", str(account), *hosts],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        assert serving.stdin is not None
        assert serving.stdout is not None
        told = serving.stdin
        if core is not None:
            os.sched_setaffinity(serving.pid, {core})

        def publish(line: str) -> None:
            told.write(line + "\n")
            told.flush()

        yield int(serving.stdout.readline()), publish
        told.close()
        serving.wait()
