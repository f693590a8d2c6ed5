"""The demo's installation is one that the rest of the service takes for real."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from watcher import registry
from watcher.demo.receiver import PREFIX
from watcher.demo.roster import people
from watcher.demo.setting import SOURCES, secret, setting
from watcher.errors import ConfigError
from watcher.store import Book

ROWS = people(7, 200)


async def test_it_is_a_whole_installation_without_a_roster(tmp_path: Path) -> None:
    """Index, key and store are there, secrets are private, the roster is gone."""
    made = await setting(
        tmp_path / "demo", ROWS, site="http://127.0.0.1:1", hook="http://127.0.0.1:2/hook", signed_with=secret()
    )  # fmt: skip
    assert made.report.people == 200
    assert not made.report.unknown
    assert made.config.index.is_file()
    with Book.open(made.config.store, readonly=True) as book:
        assert book.index_version() == made.report.version
    assert not list((tmp_path / "demo").rglob("roster*"))
    target = made.config.notify.targets["chat"]
    assert target.url == "http://127.0.0.1:2/hook"
    for name in ("chat-address", "chat-secret", made.private_key):
        assert stat.S_IMODE((tmp_path / "demo" / name).stat().st_mode) == 0o600


async def test_its_three_sources_are_decoded_by_their_plug_ins(tmp_path: Path) -> None:
    """All three are on, and asked every two seconds."""
    made = await setting(
        tmp_path / "demo", ROWS, site="http://127.0.0.1:1", hook="http://127.0.0.1:2/hook", signed_with=secret()
    )  # fmt: skip
    tables = made.config.sources
    assert tuple(tables) == SOURCES
    for table in tables.values():
        assert table.enabled
        assert registry.source(table, made.config.path).every.total_seconds() == 2


async def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    """A directory with a configuration is refused, and left as it was."""
    (tmp_path / "config.toml").write_text("mine")
    with pytest.raises(ConfigError, match="nothing is overwritten"):
        await setting(tmp_path, ROWS, site="http://127.0.0.1:1", hook="http://127.0.0.1:2", signed_with=secret())  # fmt: skip
    assert (tmp_path / "config.toml").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_secrets_are_long_and_never_the_same() -> None:
    """As Standard Webhooks writes them: `whsec_` and base64 of 32 bytes."""
    assert secret() != secret()
    assert secret().startswith(PREFIX)
    assert len(secret()) == len(PREFIX) + 44
