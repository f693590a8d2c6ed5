"""The README tells the truth."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click

from watcher.cli.main import group

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def test_the_help_in_the_readme_is_the_commands() -> None:
    """Word for word, at the width of a common terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "watcher", "--help"],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
        check=True,
    )
    assert done.stdout.strip() in README


def test_every_command_it_shows_exists() -> None:
    """What a reader would type is a command with these options."""
    context = click.Context(group)
    for words in re.findall(r"`?watcher ((?:[a-z]+)(?: [a-z]+)?[^`\n·]*)", README):
        name = words.split()[0]
        command = group.get_command(context, name)
        if command is None:
            assert name in {"is", "never", "does"}, f"watcher {words}"
            continue
        for word in words.split()[1:2]:
            if isinstance(command, click.Group):
                command = command.get_command(context, word) or command
        options = {option for each in command.params for option in each.opts}
        assert set(re.findall(r"--[a-z-]+", words)) <= options | {"--help"}, words


def test_its_links_lead_somewhere() -> None:
    """Every file it points to is there."""
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).is_file(), target
