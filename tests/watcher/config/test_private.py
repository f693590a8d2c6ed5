from __future__ import annotations

import os
from pathlib import Path

import pytest

from watcher.config import private
from watcher.errors import ConfigError


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    private.write_new(path, b"s3cret\n")
    return path


def test_a_new_file_is_for_its_owner_alone(secret: Path) -> None:
    """Whatever the umask, mode 0600; and what was written is read back."""
    assert secret.stat().st_mode & 0o777 == 0o600
    assert private.read_file(secret) == b"s3cret\n"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_file_that_others_may_touch_is_refused(secret: Path, mode: int) -> None:
    """The message names the file, its mode and the command that mends it, and not what it holds."""
    secret.chmod(mode)
    with pytest.raises(ConfigError) as caught:
        private.read_file(secret)
    assert str(caught.value).endswith(f"chmod 600 {secret}")
    assert f"{mode:04o}" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_file_of_a_stranger_is_refused(secret: Path) -> None:
    """Whoever owns a key can change it."""
    with pytest.raises(ConfigError, match=f"{secret}: belongs to user {os.geteuid()}"):
        private.read_file(secret, owners={os.geteuid() + 1})


def test_nothing_is_overwritten(secret: Path, tmp_path: Path) -> None:
    """Neither a file nor what a link leads to."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for path in (secret, link):
        with pytest.raises(ConfigError, match="is not overwritten"):
            private.write_new(path, b"new")
    assert secret.read_bytes() == b"s3cret\n"
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_not_a_short_file_is_refused(tmp_path: Path) -> None:
    """A pipe does not make us wait, a directory or a large file is a slip."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "large").write_bytes(bytes(private.MOST + 1))
    (tmp_path / "large").chmod(0o600)
    for name, said in (("pipe", "not a file"), (".", "not a file"), ("large", "longer than 64 kB")):
        with pytest.raises(ConfigError, match=said):
            private.read_file(tmp_path / name)


def test_a_missing_file_comes_with_its_mend(tmp_path: Path) -> None:
    """The caller knows best how the file comes to be there."""
    with pytest.raises(ConfigError, match="no such file; ask Bob"):
        private.read_file(tmp_path / "none", missing="ask Bob")


def test_a_file_cannot_be_made_where_there_is_no_directory(tmp_path: Path) -> None:
    """What the system says becomes ours, with the path."""
    with pytest.raises(ConfigError, match="No such file or directory"):
        private.write_new(tmp_path / "none" / "token", b"x")


def test_a_credential_is_systemds_business(tmp_path: Path) -> None:
    """Its mode is not judged: systemd gives the unit's user access by other means."""
    (tmp_path / "hook").write_bytes(b"s3cret")
    (tmp_path / "hook").chmod(0o440)
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert private.read_credential("hook", environ) == b"s3cret"


@pytest.mark.parametrize("name", ["../token", "a/b", "", ".", ".."])
def test_a_credential_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    """Nothing outside the credentials' directory is read."""
    (tmp_path.parent / "token").write_bytes(b"s3cret")
    with pytest.raises(ConfigError, match="not the name of a credential"):
        private.read_credential(name, {"CREDENTIALS_DIRECTORY": str(tmp_path)})


def test_a_credential_that_is_not_there_names_the_mend(tmp_path: Path) -> None:
    """By hand there are none; under systemd the unit lacks a line."""
    with pytest.raises(ConfigError, match=r"\$CREDENTIALS_DIRECTORY is not set"):
        private.read_credential("hook", {})
    with pytest.raises(ConfigError, match="the unit needs LoadCredential=hook"):
        private.read_credential("hook", {"CREDENTIALS_DIRECTORY": str(tmp_path)})
