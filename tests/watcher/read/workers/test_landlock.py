"""Files given up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from watcher.read.workers import landlock

# Kept: what the interpreter itself needs, and the folder that is named.
SCRIPT = """
import os, sys
from pathlib import Path
from watcher.read.workers import confine, landlock
kept, other = map(Path, sys.argv[1:])
landlock.keep([*confine._readable(), kept, kept / "not there"])

def tried(what):
    try:
        return what()
    except PermissionError:
        return "refused"

print(tried((kept / "file").read_text), tried(lambda: len(os.listdir(kept))))
print(tried((other / "file").read_text), tried(lambda: os.listdir(other)))
print(tried(lambda: (kept / "file").write_text("x")), tried(lambda: (kept / "new").mkdir()))
print(tried(lambda: os.posix_spawn(kept / "run", ["run"], {})))
"""


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_only_what_is_named_is_left(tmp_path: Path) -> None:
    """To be read, and nothing else. Root is refused as well."""
    for folder in ("kept", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").write_text("said")
    path = tmp_path / "kept" / "run"
    path.write_bytes(Path("/bin/true").resolve().read_bytes())
    path.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-I", "-c", SCRIPT, tmp_path / "kept", tmp_path / "other"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == [
        "said 2",
        "refused refused",
        "refused refused",
        "refused",
    ]
