"""The most memory that a process has held (proc(5): VmHWM), in MiB."""

from __future__ import annotations

import os
import re
from pathlib import Path


def workers() -> list[int]:
    """The processes that this one started, by any of its threads."""
    found: list[int] = []
    for each in Path("/proc/self/task").iterdir():
        found += map(int, (each / "children").read_text().split())
    return found


def peak(pid: int | None = None) -> float:
    """Of a process, 0 where it has gone; without one, of this."""
    try:
        said = Path(f"/proc/{pid or os.getpid()}/status").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", said)
    return int(found[1]) / 1024 if found else 0.0


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used, 0 where it has gone."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except (OSError, UnicodeDecodeError):
        return 0.0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def forget() -> float:
    """From here on the peak of this process is what it holds now, which is returned."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak()
