"""
A small real world for tests: a force enrolled in a folder of its own, and commands to run there.

Everything goes through the front door: the `watcher` command as a process.
What it printed and what it ended with is what its user would see.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watcher.demo.roster import csv_of, people

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # signs the webhooks of all tests


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """stdout as JSON lines; fails if there is anything else on it."""
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [each for each in self.objects if each["type"] == kind]


@dataclass(frozen=True, slots=True)
class World:
    """One installation: `folder` holds the configuration, `home` the key."""

    folder: Path
    home: Path
    rows: Sequence[Mapping[str, str]] = field(repr=False)
    extra: Mapping[str, str] = field(default_factory=dict)  # more environment

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environ(self) -> dict[str, str]:
        """What the command needs, and nothing of the test's own."""
        kept = {"PATH", "LANG", "TMPDIR", "SYSTEMROOT"}
        own = {"HOME": str(self.home), "WATCHER_CONFIG": str(self.config)}
        return (
            {name: value for name, value in os.environ.items() if name in kept}
            | own
            | dict(self.extra)
        )

    def run(self, *words: str, stdin: bytes = b"", cwd: Path | None = None) -> Ran:
        """`watcher WORDS…` with this configuration, to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "watcher", *words],
            input=stdin,
            capture_output=True,
            env=self.environ(),
            cwd=cwd or self.folder,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    async def start(
        self, *words: str, stderr: int = asyncio.subprocess.PIPE
    ) -> asyncio.subprocess.Process:
        """`watcher WORDS…` as a process that goes on."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "watcher",
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=stderr,
            env=self.environ(),
            cwd=self.folder,
        )

    def copy(self, root: Path) -> World:
        """The same installation once more, in this new folder."""
        before = self.folder.parent
        shutil.copytree(before, root)
        own = World(root / self.folder.name, root / self.home.name, self.rows)
        own.config.write_text(own.config.read_text().replace(str(before), str(root)))
        return own

    def configure(self, text: str) -> None:
        """Add these tables to the configuration."""
        self.config.write_text(f"{self.config.read_text()}\n{text}\n")

    def secret(self, name: str, value: str) -> Path:
        """A secret in a file of its own, as the configuration wants it."""
        path = self.home / name
        path.write_text(value)
        path.chmod(0o600)
        return path


def found(folder: Path, *, count: int = 600, seed: int = 11) -> World:
    """`watcher init` and `watcher enrol` in this new folder, with a synthetic roster."""
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / "home"
    home.mkdir()
    world = World(folder / "watch", home, people(seed, count))
    done = world.run("init", str(world.folder), cwd=folder)
    assert done.code == 0, done
    done = world.run("enrol", "-", stdin=csv_of(world.rows))
    assert done.code == 0, done
    return world


def leaked_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """A list as it would be pasted: number, rank, name, vetting level."""
    return csv_of(rows, ("pay_number", "rank", "forename", "surname", "vetting"))


def loosen(world: World) -> None:
    """Loopback is allowed, and the site does not mind being asked often."""
    text = world.config.read_text()
    wanted = {
        "allow_private": 'allow_private = ["127.0.0.1"]',
        "per_host": 'per_host = "0s"',
    }
    assert set(wanted) <= {_key(line) for line in text.splitlines()}
    world.config.write_text(
        "\n".join(wanted.get(_key(line), line) for line in text.splitlines()) + "\n"
    )


def _key(line: str) -> str:
    return line.lstrip("# ").partition(" =")[0]


def without_canary(world: World) -> None:
    """For tests of all else."""
    text = world.config.read_text()
    world.config.write_text(text.replace("enabled = true", "enabled = false"))
