"""What a stranger installs: the wheel, in an empty environment, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.world import leaked_csv
from watcher.demo.roster import csv_of, people

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.journey


def run(*words: str | Path, cwd: Path, code: int = 0, home: Path | None = None) -> str:
    """Run this command outside the checkout, and insist on how it ends."""
    kept = ("PATH", "LANG", "PIP_CERT", "PIP_CONFIG_FILE", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    environ["HOME"] = str(home or os.environ.get("HOME", "/"))
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.timeout(900)  # the matcher is compiled once more in there
def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    """Built, installed in an empty environment, and taken through init, enrol, scan and demo."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "watcher/config.example.toml" in names
    assert "watcher/demo/names.toml" in names
    assert "sources/presets/telegram.toml" in names
    assert not any(name.startswith(("tests/", "bench/", ".ci/")) for name in names)

    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    binaries = tmp_path / "env" / "bin"
    run(binaries / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    # Where docs/operating.md takes them from.
    share = tmp_path / "env" / "share" / "leak-watcher"
    assert (share / "operating.md").is_file()
    assert (share / "systemd" / "watcher.service").is_file()

    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    rows = people(3, 300)
    (elsewhere / "roster.csv").write_bytes(csv_of(rows))
    (elsewhere / "leak.csv").write_bytes(leaked_csv(rows[:40]))
    (elsewhere / "quiet.txt").write_text("A walk in the rain, and tea.\n")
    watcher = binaries / "watcher"
    run(watcher, "init", ".", cwd=elsewhere, home=home)
    run(watcher, "enrol", "roster.csv", cwd=elsewhere, home=home)
    run(watcher, "scan", "quiet.txt", cwd=elsewhere, home=home)
    run(watcher, "scan", "leak.csv", cwd=elsewhere, home=home, code=1)
    told = run(watcher, "demo", cwd=elsewhere, home=home)
    assert told.splitlines()[-1].startswith(
        "leaks 3 of 3 found · quiet 51 of 51 · cards 3 delivered"
    )
