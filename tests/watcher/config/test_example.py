from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from watcher import registry
from watcher.config.example import example
from watcher.config.load import HEAD, Layout, load
from watcher.config.settings import (
    Heartbeat,
    Matching,
    Metrics,
    Network,
    Notify,
    Read,
    Target,
)

_SETTING = re.compile(r"#(?=[a-z_\[])")
_TABLE = re.compile(r"#?\[([\w.]+)\]")
_KEY = re.compile(r"#?([a-z_]+) = ")


def keys(text: str) -> set[tuple[str, str]]:
    """(table, key) of every setting in the text, those in comments too."""
    table, found = "", set()
    for line in text.splitlines():
        if match := _TABLE.fullmatch(line):
            table = match[1]
        elif match := _KEY.match(line):
            found.add((table, match[1]))
    return found


def wanted(kind: Any, at: str) -> Iterator[tuple[str, str]]:
    """(table, key) of every field of the settings; targets under the name that they have there."""
    hints = typing.get_type_hints(kind)
    for each in fields(kind):
        inner = hints[each.name]
        if is_dataclass(inner):
            yield from wanted(inner, f"{at}.{each.name}".lstrip("."))
        elif get_args(inner)[-1:] == (Target,):
            yield from wanted(Target, f"{at}.targets.operations")
        elif (at, each.name) == ("", "publishers"):
            yield "publishers", "force"
        elif not (at == "" and each.name == "sources") and (at, each.name) != (
            "notify.targets.operations",
            "name",
        ):
            yield at, each.name


def test_every_setting_is_in_the_example() -> None:
    """A key that nobody can read about does not exist."""
    assert set(wanted(Layout, "")) <= keys(example())


def test_every_key_of_the_plug_ins_is_in_the_example() -> None:
    """Of our own sources too; what all have is explained once."""
    there = keys(example())
    text = tomllib.loads(example())
    for name, table in text["sources"].items():
        kind = registry.source_class(table["kind"])
        for each in fields(kind):
            if each.name != "name":
                assert (f"sources.{name}", each.name) in there, f"{table['kind']}: {each.name}"
    assert set(HEAD) <= {key for table, key in there if table.startswith("sources.")}


def test_the_example_is_loaded_as_it_stands(tmp_path: Path) -> None:
    """Its sources are there, all off, and each is one that its plug-in takes."""
    path = tmp_path / "config.toml"
    path.write_text(example())
    config = load(path, {"HOME": str(tmp_path)})
    assert len(config.sources) >= 4
    assert not any(each.enabled for each in config.sources.values())
    for table in config.sources.values():
        assert registry.source(table, path).name == table.name


def test_what_it_shows_in_comments_is_right_too(tmp_path: Path) -> None:
    """Every line that begins with # and a key can be switched on."""
    text = "\n".join(_SETTING.sub("", line) for line in example().splitlines())
    # Each of these is excluded by a line that stands above it.
    excluded = r"""^(credential = .*|pattern = 'data.*|raw = .*/post/.*|files = "a.download")$"""
    text = re.sub(excluded, "", text, flags=re.M)
    (tmp_path / "operations.url").write_text("https://chat.example/hooks/1")
    (tmp_path / "operations.secret").write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    (tmp_path / "paste.token").write_text("x")
    (tmp_path / "heartbeat.url").write_text("https://beat.example/1")
    for name in ("operations.url", "operations.secret", "paste.token", "heartbeat.url"):
        (tmp_path / name).chmod(0o600)
    (tmp_path / "foi-token").write_text("x")
    (tmp_path / "hibp-key").write_text("x")
    (tmp_path / "leaks-token").write_text("x")
    (tmp_path / "posts-token").write_text("x")
    (tmp_path / "channel-token").write_text("x")
    (tmp_path / "awards-token").write_text("x")
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    path = tmp_path / "config.toml"
    path.write_text(text)
    config = load(path, environ)
    assert config.notify.targets["operations"].kind == "webhook"
    assert len(config.publishers["force"]) == 2
    assert config.heartbeat.url == "https://beat.example/1"
    for table in config.sources.values():
        registry.source(table, path, environ=environ)


@pytest.mark.parametrize("kind", [Network, Read, Matching, Notify, Heartbeat, Metrics])
def test_what_it_shows_is_the_default(tmp_path: Path, kind: type[Any]) -> None:
    """A value in the example that is not commented out is what holds without it."""
    path = tmp_path / "config.toml"
    path.write_text(example())
    made = getattr(load(path, {}), kind.__name__.lower())
    for each in fields(kind):
        if each.default is not MISSING:
            assert getattr(made, each.name) == each.default, each.name
