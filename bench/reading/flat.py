"""
Whether memory stays flat where a file grows: text, and a zip of it, on the whole road.

`watcher scan --no-store` of files of several sizes, with the service's own
limits. The most that the service and a worker ever held is asked of the kernel
while they run: it only grows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.reading.content import prose
from bench.speed.figures import Figure

MB = 1_000_000
SIZES = (64, 256)
QUICK = ("text", "stored")
LONG = (64, 512, 2_000)
GROWTH = 1.25  # of the service and a worker together, from the smallest to the largest
LOOK = 0.02  # seconds between two looks
_MEMBER = 100  # MB of one member
_UNIT = 4 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan: seconds, MB that the service and its largest worker held at most, what it said."""

    seconds: float
    service: float
    worker: float
    said: str


def scanned(folder: Path, path: Path) -> Scan:
    """`watcher scan --no-store` of this file with the configuration in the folder."""
    environ = {**os.environ, "HOME": str(folder), "WATCHER_CONFIG": str(folder / "config.toml")}
    began = time.perf_counter()
    held: dict[int, float] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "watcher", "scan", "--no-store", "--fail-on", "critical", str(path)],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as service:
        while service.poll() is None:
            for pid in (service.pid, *_children(service.pid)):
                held[pid] = max(held.get(pid, 0.0), _peak(pid))
            time.sleep(LOOK)
        assert service.stdout is not None
        said = service.stdout.read()
    own = held.pop(service.pid)
    return Scan(
        seconds=time.perf_counter() - began,
        service=own,
        worker=max(held.values(), default=0.0),
        said=said,
    )


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [
            int(each)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for each in (task / "children").read_text(encoding="ascii").split()
        ]
    return []


def _peak(pid: int) -> float:
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _units(size: int) -> Iterator[bytes]:
    """So many bytes of text in pieces, each of which has a line of its own."""
    body = prose(_UNIT).encode()
    left, number = size, 0
    while left > 0:
        number += 1
        piece = (b"part %d\n" % number + body)[:left]
        left -= len(piece)
        yield piece


def text(path: Path, megabytes: int) -> None:
    """A file of so many MB of text."""
    with path.open("wb") as file:
        file.writelines(_units(megabytes * MB))


def archive(path: Path, megabytes: int, method: int) -> None:
    """A zip of so many MB of texts, 100 MB each at most."""
    with zipfile.ZipFile(path, "w", method, compresslevel=1) as made:
        for at in range(0, megabytes, _MEMBER):
            info = zipfile.ZipInfo(f"dump/{at // _MEMBER}.txt")
            info.compress_type = method
            with made.open(info, "w", force_zip64=True) as member:
                for piece in _units(min(_MEMBER, megabytes - at) * MB):
                    member.write(piece)


FORMS = {
    "text": ("text", text),
    "stored": ("zip, stored", lambda path, size: archive(path, size, zipfile.ZIP_STORED)),
    "zip": ("zip, deflated", lambda path, size: archive(path, size, zipfile.ZIP_DEFLATED)),
}


def measured(folder: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Memory and speed for each form and size; what the largest holds against the smallest."""
    for key, (what, make) in FORMS.items():
        if sizes is SIZES and key not in QUICK:
            continue
        peaks: list[float] = []
        for size in sizes:
            path = folder / f"flat.{key}"
            make(path, size)
            scan = scanned(folder, path)
            path.unlink()
            peaks.append(scan.service + scan.worker)
            unread = "not read" in scan.said
            yield Figure(
                key=f"flat.{key}.{size}",
                what=f"watcher scan of {size} MB of {what}{', NOT WHOLLY READ' if unread else ''}",
                value=round(peaks[-1]),
                unit="MB held",
                more=False,
                stages={
                    "service, MB": round(scan.service),
                    "worker, MB": round(scan.worker),
                    "MB/s": round(size / scan.seconds, 1),
                    "seconds": round(scan.seconds, 1),
                },
            )
        yield Figure(
            key=f"flat.{key}",
            what=f"held for {sizes[-1]:,} MB of {what} against {sizes[0]} MB",
            value=round(peaks[-1] / peaks[0], 2),
            unit="×",
            more=False,
            reach=GROWTH,
        )
