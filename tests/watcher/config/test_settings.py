from __future__ import annotations

from pathlib import Path

from watcher.api import Secret
from watcher.config.settings import Config, Heartbeat, Key, Notify, SourceTable, Target


def test_all_that_is_kept_lies_in_the_data_directory(tmp_path: Path) -> None:
    """One directory to protect and to back up, and the key is not in it."""
    config = Config(path=tmp_path / "config.toml", data=tmp_path / "data", key=Key())
    for path in (config.store, config.index, config.evidence_directory, config.lock):
        assert path.parent == config.data


def test_no_secret_shows_in_a_repr(tmp_path: Path) -> None:
    """A configuration in a traceback or a log shows neither addresses of targets nor tokens."""
    target = Target(name="ops", kind="webhook", url=Secret("s3cret"), secret=Secret("s3cret"))
    table = SourceTable(name="x", kind="json", enabled=True, options={"token": "s3cret"})
    config = Config(
        path=tmp_path / "config.toml",
        data=tmp_path,
        key=Key(),
        notify=Notify(targets={"ops": target}),
        sources={"x": table},
        heartbeat=Heartbeat(url=Secret("s3cret")),
    )
    assert "s3cret" not in repr(config)
    assert not table.leak_listing
