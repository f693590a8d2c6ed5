"""The unit, the account and the directories, tried with systemd's own tools."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).resolve().parent.parent / "systemd"
PROGRAM = "/opt/watcher/bin/watcher"


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return subprocess.run(
        [path, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A copy of the unit whose program is one that exists here."""
    text = (SYSTEMD / "watcher.service").read_text()
    assert PROGRAM in text
    copy = tmp_path / "watcher.service"
    copy.write_text(text.replace(PROGRAM, sys.executable))
    return copy


def settings() -> dict[str, str]:
    lines = (SYSTEMD / "watcher.service").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_systemd_understands_the_unit(unit: Path) -> None:
    """Every key and value, without a word of complaint."""
    done = tool("systemd-analyze", "verify", "--man=no", unit)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_unit_is_closed(unit: Path) -> None:
    """An exposure below 2.0 on systemd's scale of ten."""
    done = tool("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)
    assert done.returncode == 0, done.stdout


def test_a_plain_key_file_is_a_drop_in(unit: Path) -> None:
    """What the unit's comment advises is understood beside it; it comes under the same name."""
    (advised,) = re.findall(r"^#\s+(LoadCredential=.+)$", unit.read_text(), re.MULTILINE)
    assert advised.split("=")[1].split(":")[0] == settings()["LoadCredentialEncrypted"]
    folder = unit.with_name("watcher.service.d")
    folder.mkdir()
    (folder / "key.conf").write_text(f"[Service]\n{advised}\n")
    done = tool("systemd-analyze", "verify", "--man=no", unit)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_guide_installs_what_is_there() -> None:
    """Each file that docs/operating.md copies from the wheel's share lies in systemd/."""
    guide = (SYSTEMD.parent / "docs" / "operating.md").read_text()
    named = re.findall(r"^# install (?:-D )?-m 644 (\S+)", guide, re.MULTILINE)
    assert set(named) == {
        path.relative_to(SYSTEMD).as_posix() for path in SYSTEMD.rglob("*") if path.is_file()
    }


def test_the_unit_says_what_the_service_relies_on() -> None:
    """How it is told to stop, to start again and to be watched; and that plug-ins can compile."""
    found = settings()
    assert found["Type"] == "notify"
    assert found["KillMode"] == "mixed"
    assert found["TimeoutStopSec"] == "30"
    assert found["RestartPreventExitStatus"] == "2"
    assert found["ExecReload"].endswith("kill -HUP $MAINPID")
    assert found["User"] == "watcher"
    assert {"WatchdogSec", "StateDirectory", "CacheDirectory", "LoadCredentialEncrypted"} <= set(
        found
    )
    assert not {"MemoryDenyWriteExecute", "DynamicUser"} & set(found)


def test_account_and_directories_can_be_made(tmp_path: Path) -> None:
    """In an empty root: the account without a shell, the directories for it alone."""
    root = tmp_path / "root"
    (root / "etc").mkdir(parents=True)
    users = SYSTEMD / "sysusers.d" / "watcher.conf"
    done = tool("systemd-sysusers", f"--root={root}", users)
    assert done.returncode == 0, done.stderr
    account = (root / "etc" / "passwd").read_text().strip().split(":")
    assert account[0] == "watcher"
    assert account[5:] == ["/var/lib/watcher", "/usr/sbin/nologin"]
    if os.geteuid() != 0:
        pytest.skip("only root can make directories for another user")
    directories = SYSTEMD / "tmpfiles.d" / "watcher.conf"
    done = tool("systemd-tmpfiles", f"--root={root}", "--create", directories)
    assert done.returncode == 0, done.stderr
    for name in ("var/lib/watcher", "var/cache/watcher"):
        found = (root / name).stat()
        assert (found.st_uid, found.st_mode & 0o777) == (int(account[2]), 0o700)
