"""The service under the bench: `watcher run`, watched from outside while it runs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.watching.mix import TARGET, Place, hosts, tables

LOOK = 2.0  # seconds between two looks at its processes
SCRAPE = 15.0  # seconds between two scrapes of its figures
STARTS = 120.0
STOPS = 60.0
SECRET = "whsec_d2F0Y2hpbmcgYmVuY2ggc2VjcmV0LCAyNCBieXRlcw=="
_TICK = os.sysconf("SC_CLK_TCK")


def free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Seconds since the first, MB of the service and of its workers, seconds of processor time of all so far."""

    at: float
    service: float
    workers: float
    processor: float


@dataclass(slots=True)
class Service:
    """
    `watcher run` in this folder: a context manager that is entered when the service is ready.

    `looks`: at its processes; `scrapes`: seconds that /metrics took; `stopped`:
    seconds from SIGTERM to its end.
    """

    folder: Path
    port: int = field(default_factory=free)
    looks: list[Look] = field(default_factory=list)
    scrapes: list[float] = field(default_factory=list)
    stopped: float = 0.0
    ended: float = 0.0
    _began: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)
    _process: subprocess.Popen[bytes] | None = None
    _threads: list[threading.Thread] = field(default_factory=list)

    def configure(self, found: Sequence[Place], port: int) -> None:
        """All places as sources, and the target. Keeps what `install` wrote."""
        path = self.folder / "config.toml"
        allowed = ", ".join(f'"{each}"' for each in hosts(found))
        text = path.read_text().replace("allow_private = []", f"allow_private = [{allowed}]")
        if allowed not in text:
            raise ValueError("config.toml has no `allow_private = []` to fill")
        for name, said in (("target.url", f"http://{TARGET}:{port}/hook"), ("target.key", SECRET)):
            (self.folder / name).write_text(said)
            (self.folder / name).chmod(0o600)
        target = (
            '[notify.targets.bench]\nkind = "webhook"\nseverity = "info"\n'
            'url = { file = "target.url" }\nsecret = { file = "target.key" }\n'
        )
        listen = f'[metrics]\nlisten = "127.0.0.1:{self.port}"\n'
        path.write_text("\n".join([text, target, listen, *tables(found, port)]))

    def __enter__(self) -> Self:
        environ = {
            **os.environ,
            "HOME": str(self.folder),
            "WATCHER_CONFIG": str(self.folder / "config.toml"),
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "watcher", "run"],
                cwd=self.folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stderr=log,
            )
        deadline = time.monotonic() + STARTS
        while not any(each["event"] == "daemon.ready" for each in self.said()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the service does not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.2)
        self._began = time.monotonic()
        for work in (self._look, self._scrape):
            self._threads.append(threading.Thread(target=work, daemon=True))
            self._threads[-1].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._done.set()
        for each in self._threads:
            each.join()
        self.ended = time.time()
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOPS)
        self.stopped = time.monotonic() - began
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    @property
    def log(self) -> Path:
        return self.folder / "watcher.log"

    def said(self) -> Iterator[dict[str, Any]]:
        """The facts of its log, in order; a line that is being written is left out."""
        for line in self.log.read_text().splitlines():
            if line.endswith("}"):
                yield json.loads(line)

    def _look(self) -> None:
        assert self._process is not None
        pid = self._process.pid
        while not self._done.wait(LOOK):
            with suppress(OSError, ValueError, IndexError):
                workers = [each for each in children(pid) if _held(each)]
                self.looks.append(
                    Look(
                        at=time.monotonic() - self._began,
                        service=_held(pid),
                        workers=sum(map(_held, workers)),
                        processor=_used(pid, ended=True) + sum(map(_used, workers)),
                    )
                )

    def _scrape(self) -> None:
        while not self._done.wait(SCRAPE):
            began = time.monotonic()
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=60) as got:
                got.read()
            self.scrapes.append(time.monotonic() - began)


def children(pid: int) -> list[int]:
    return [
        int(each)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for each in (task / "children").read_text(encoding="ascii").split()
    ]


def _held(pid: int) -> float:
    """MB that a process holds (VmRSS, proc(5)); 0 where it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _used(pid: int, *, ended: bool = False) -> float:
    """Seconds of processor time; with `ended` those of its children that have ended as well."""
    with suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        return sum(map(int, told.rpartition(")")[2].split()[11 : 15 if ended else 13])) / _TICK
    return 0.0
