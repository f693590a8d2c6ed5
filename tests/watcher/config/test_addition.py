"""A source written into the configuration file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from watcher.config import addition, load, presets
from watcher.config.settings import Config
from watcher.errors import ConfigError

TEXT = """# ours
[store]
directory = "d"   # here
[key]
file = "/elsewhere/key"

[sources.old]
kind = "folder"
path = "x"
# the end"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(TEXT)
    path.chmod(0o640)
    return load(path, {})


def test_settings_become_a_table() -> None:
    """A variable is text, another value TOML where it can be; dots lead into tables."""
    board = presets.find("4chan")
    assert addition.table(board, ["board=1", "minimum=3", "every=5m", "headers.A.file=k"]) == {
        "preset": "4chan",
        "enabled": False,
        "board": "1",
        "minimum": 3,
        "every": "5m",
        "headers": {"A": {"file": "k"}},
    }
    several = addition.table(presets.find("gists"), ["item=1\nother = 2"])
    assert several["item"] == "1\nother = 2", "one setting is one value"
    assert addition.table(presets.find("gists"), []) == {"preset": "gists"}
    assert addition.table(board, ["enabled=true"])["enabled"] is True


@pytest.mark.parametrize("wrong", [["board"], ["=x"], ["a b=c"], ["a=1", "a=2"], ["a=1", "a.b=2"]])
def test_settings_that_cannot_be_meant_are_told(wrong: list[str]) -> None:
    with pytest.raises(ConfigError, match="--set"):
        addition.table(presets.find("4chan"), wrong)


def test_what_stands_there_stays(config: Config) -> None:
    """Comments, order, mode; what is new stands below, and says what it should."""
    addition.add(
        config, "tg", {"preset": "telegram", "channel": "met_news", "headers": {"A": {"file": "k"}}}
    )
    text = config.path.read_text()
    assert text.startswith(f"{TEXT}\n\n[sources.tg]\n")
    assert text.endswith("}\n")
    assert config.path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in config.path.parent.iterdir()] == ["config.toml"]
    again = load(config.path, {})
    assert again.sources["tg"].options["url"] == "https://t.me/s/met_news"
    assert list(again.sources) == ["old", "tg"]
    with pytest.raises(ConfigError, match="already"):
        addition.add(again, "tg", {"preset": "gists"})
    assert config.path.read_text() == text


def test_sources_on_one_line_are_joined(tmp_path: Path) -> None:
    """A table could not follow them."""
    path = tmp_path / "config.toml"
    path.write_text('sources = {}\nstore.directory = "d"\nkey.file = "/k"\n')
    addition.add(load(path, {}), "tg", {"preset": "gists"})
    assert tomllib.loads(path.read_text())["sources"] == {"tg": {"preset": "gists"}}


def test_a_link_stays_a_link(config: Config, tmp_path: Path) -> None:
    """The file that it leads to is the one that is written."""
    link = tmp_path / "link.toml"
    link.symlink_to(config.path)
    addition.add(load(link, {}), "g", {"preset": "gists"})
    assert link.is_symlink()
    assert "[sources.g]" in config.path.read_text()


@pytest.mark.parametrize(
    "wanted", [{"preset": "telegram"}, {"preset": "nothing"}, {"preset": "pastebin"}, {"kind": 5}]
)
def test_what_is_wrong_is_not_written(config: Config, wanted: dict[str, object]) -> None:
    """The service would keep its old configuration, or not start."""
    with pytest.raises(ConfigError):
        addition.add(config, "new", wanted)
    assert config.path.read_text() == TEXT


@pytest.mark.parametrize("name", ["scan", "two words", "old"])
def test_a_name_that_cannot_be_is_told(config: Config, name: str) -> None:
    with pytest.raises(ConfigError):
        addition.add(config, name, {"preset": "gists"})


def test_a_file_that_cannot_be_written_is_told(config: Config) -> None:
    """It is unchanged, and nothing is left beside it."""
    config.path.unlink()
    with pytest.raises(ConfigError, match="cannot be read"):
        addition.add(config, "g", {"preset": "gists"})
    assert list(config.path.parent.iterdir()) == []
