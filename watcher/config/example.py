"""The example configuration: every key of every table, explained."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

NAME = "config.example.toml"


def example() -> str:
    """Its text: from the installed package, or from the root of a checkout."""
    packed = resources.files("watcher") / NAME
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / NAME).read_text(encoding="utf-8")
