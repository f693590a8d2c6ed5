"""The whole demo, with the real daemon on a real site."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from watcher.demo import run
from watcher.demo.drive import PEOPLE, drive
from watcher.demo.roster import people
from watcher.errors import ConfigError


def console() -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    return Console(file=file, width=120, highlight=False), file


@pytest.mark.journey
async def test_three_leaks_are_found_and_everything_else_stays_quiet(tmp_path: Path) -> None:
    """The last line holds in every part, the exit code is 0, and no name was shown or left."""
    out, file = console()
    code = await run(seed=7, keep=tmp_path / "kept", out=out)
    text = file.getvalue()
    last = text.splitlines()[-1]
    assert re.fullmatch(
        r"leaks 3 of 3 found · quiet 51 of 51 · cards 3 delivered · evidence 3 of 3 verified · \d+ s",
        last,
    ), text
    assert code == 0
    assert "missing" not in text
    rows = people(7, PEOPLE)
    shown = [row["ref"] for row in rows if row["email"] in text or row["pay_number"] in text]
    assert not shown
    kept = [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    addresses = [row["email"].encode() for row in rows]
    for path in kept:
        data = path.read_bytes()
        assert not any(address in data for address in addresses), path.name


async def test_time_that_runs_out_is_said(tmp_path: Path) -> None:
    """Without time the demo says what is missing, counts what is there, and does not end well."""
    out, file = console()
    assert await drive(seed=7, keep=tmp_path / "kept", out=out, limit=0) == 3
    text = file.getvalue()
    assert "missing" in text
    assert text.splitlines()[-1].startswith("leaks 0 of 3 found")


async def test_a_directory_in_use_is_left_alone(tmp_path: Path) -> None:
    """`--keep` is for a new directory."""
    (tmp_path / "config.toml").touch()
    out, _ = console()
    with pytest.raises(ConfigError, match="nothing is overwritten"):
        await drive(seed=7, keep=tmp_path, out=out)
