"""The command as another user than the test's, and on another user's files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world import Ran, World

NOBODY = 65534

# A developer's interpreter may lie below /root, where no other user may go: in a
# mount namespace of the test's own, /root is open and holds nothing else.
OPEN_ROOT = """
set -e
held=$(mktemp -d) && mount --bind /root/.pyenv "$held"
mount -t tmpfs -o mode=755 none /root
mkdir /root/.pyenv && mount --bind "$held" /root/.pyenv
exec "$@"
"""


def give_away(world: World) -> None:
    """All of an installation belongs to `nobody`; only root can do that."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    for path in (world.folder.parent, *world.folder.parent.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def as_root(world: World, *words: str, stdin: bytes = b"") -> Ran:
    """The command as root. Skips where root is not who runs the tests."""
    return _run(world, [sys.executable, "-m", "watcher", *words], stdin)


def as_nobody(world: World, *words: str, stdin: bytes = b"") -> Ran:
    """The command as a user who owns nothing."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("no setpriv to become another user with")
    become = [setpriv, f"--reuid={NOBODY}", "--clear-groups"]
    return _run(world, [*become, sys.executable, "-m", "watcher", *words], stdin)


def _run(world: World, command: list[str], stdin: bytes) -> Ran:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    asked = f"import os; os.setuid({NOBODY}); import bisect, colorsys"
    tried = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    if tried.returncode:
        if not Path(sys.base_prefix).is_relative_to("/root/.pyenv"):
            pytest.skip(f"no other user may run {sys.executable}")
        command = ["unshare", "--mount", "sh", "-c", OPEN_ROOT, "sh", *command]
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        env=world.environ(),
        cwd="/",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
