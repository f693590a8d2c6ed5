from __future__ import annotations

import base64
import hmac
import os
from pathlib import Path

import pytest

from watcher import keys
from watcher.config.settings import Key
from watcher.errors import ConfigError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "master.key"
    keys.create(path)
    return path


def complaint(path: Path, data: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        keys.load(Key(file=path), data)
    assert caught.value.exit_code == 2
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_new_key_is_32_bytes_that_only_its_owner_reads(path: Path, tmp_path: Path) -> None:
    """One line of text that names itself, mode 0600, and another key each time."""
    line = path.read_text()
    assert line.startswith("watcher-key-1:")
    assert line.endswith("\n")
    assert path.stat().st_mode & 0o777 == 0o600
    key = keys.load(Key(file=path), tmp_path / "data")
    assert key == base64.b64decode(line.split(":")[1])
    assert len(key) == 32
    keys.create(tmp_path / "other.key")
    assert keys.load(Key(file=tmp_path / "other.key"), tmp_path / "data") != key


def test_a_key_is_never_overwritten(path: Path) -> None:
    """All that was enrolled under it would be lost."""
    line = path.read_text()
    with pytest.raises(ConfigError, match=f"{path}: is there already and is not overwritten"):
        keys.create(path)
    assert path.read_text() == line


def test_a_missing_key_says_where_it_should_be(tmp_path: Path) -> None:
    """The mend is the backup; a new key would not open what there is."""
    assert "no such file; put the key back from its own backup" in complaint(
        tmp_path / "none.key", tmp_path / "data"
    )


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660])
def test_a_key_that_others_may_read_is_refused(path: Path, tmp_path: Path, mode: int) -> None:
    """The message is the command that mends it."""
    path.chmod(mode)
    said = complaint(path, tmp_path / "data")
    assert said.endswith(f"chmod 600 {path}")
    assert path.read_text().strip() not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_a_stranger_is_refused(path: Path, tmp_path: Path) -> None:
    """But not one of the data directory's owner, whom root works for."""
    os.chown(path, 12345, 12345)
    assert "belongs to user 12345" in complaint(path, tmp_path / "data")
    (tmp_path / "data").mkdir()
    os.chown(tmp_path / "data", 12345, 12345)
    assert len(keys.load(Key(file=path), tmp_path / "data")) == 32


def test_a_key_among_the_data_is_refused(tmp_path: Path) -> None:
    """Whoever copies the data would have the key as well."""
    (tmp_path / "data").mkdir()
    keys.create(tmp_path / "data" / "master.key")
    said = complaint(tmp_path / "data" / "master.key", tmp_path / "data")
    assert "is inside the data directory" in said
    assert "move it" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a master key"),
        (b"AGE-SECRET-KEY-1XYZ", "is not a master key"),
        (b"watcher-key-1:c2hvcnQ=", "holds a key of 5 bytes instead of 32"),
        (b"watcher-key-1:not base64!", "is a damaged master key"),
        (b"\xff\xfe", "is a damaged master key"),
    ],
)
def test_what_is_no_key_is_refused_and_not_shown(
    path: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    """It may be another secret, or most of this one."""
    path.write_bytes(content)
    told = complaint(path, tmp_path / "data")
    assert said in told
    for word in (b"XYZ", b"c2hvcnQ", b"base64!"):
        assert word.decode() not in told


def test_a_key_may_be_a_credential(path: Path, tmp_path: Path) -> None:
    """systemd hands it over; by hand it is not there, and the message says so."""
    path.chmod(0o440)
    key = Key(credential="master.key")
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert len(keys.load(key, tmp_path / "data", environ)) == 32
    with pytest.raises(ConfigError, match=r"\$CREDENTIALS_DIRECTORY is not set"):
        keys.load(key, tmp_path / "data", {})


def test_derived_keys_differ_by_label_and_salt() -> None:
    """No plug-in can find another's key from its own, nor one index's from another's."""
    master = bytes(range(32))
    made = {
        keys.derive(master, label, salt)
        for label in ("people", "suppliers")
        for salt in (b"1", b"2")
    }
    assert len(made) == 4
    assert keys.derive(master, "people", b"1") in made


def hkdf(master: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, section 2, word for word."""
    prk = hmac.digest(salt or bytes(32), master, "sha256")
    okm = block = b""
    for number in range(1, 256):
        block = hmac.digest(prk, block + info + bytes([number]), "sha256")
        okm += block
    return okm[:length]


def test_the_oracle_is_the_hkdf_of_the_rfc() -> None:
    """Test case A.1, whose info is not text and cannot be a label."""
    assert hkdf(
        bytes.fromhex("0b" * 22),
        bytes.fromhex("000102030405060708090a0b0c"),
        bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"),
        42,
    ) == bytes.fromhex(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_keys_are_derived_as_the_rfc_says() -> None:
    """Test case A.3 and the oracle: whoever has the master key can make its keys by other means."""
    assert keys.derive(bytes.fromhex("0b" * 22), "", b"", 42) == bytes.fromhex(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )
    master = bytes(range(32))
    for label, salt, length in (("people", b"salt", 32), ("\u00e9", bytes(16), 100)):
        assert keys.derive(master, label, salt, length) == hkdf(
            master, salt, label.encode(), length
        )
