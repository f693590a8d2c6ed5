from __future__ import annotations

import io
from pathlib import Path

import pyrage
import pytest

from watcher import init, keys
from watcher.config.load import load
from watcher.errors import ConfigError
from watcher.record import new_pair

CUSTODIAN, _ = new_pair()


def tree(*directories: Path) -> dict[Path, bytes | None]:
    """Everything below these, with its content."""
    return {
        path: path.read_bytes() if path.is_file() else None
        for directory in directories
        for path in [directory, *directory.rglob("*")]
        if path.exists()
    }


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_made_is_loaded(tmp_path: Path) -> None:
    """A configuration with its sources off, an empty data directory, a key that opens."""
    made = init.create(tmp_path / "here", custodians=[CUSTODIAN], home=tmp_path / "home")
    config = load(made.config, {})
    assert config.data == made.data == tmp_path / "here" / "data"
    assert config.key.file == made.key
    assert config.evidence.custodians == made.custodians == (CUSTODIAN,)
    assert config.sources
    assert not any(each.enabled for each in config.sources.values())
    assert len(keys.load(config.key, config.data)) == 32
    assert list(made.data.iterdir()) == []


def test_what_is_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Data and key, whatever the umask; and the key does not lie with the data."""
    made = init.create(tmp_path / "here", custodians=[], home=tmp_path / "home")
    assert made.private_key is not None
    assert mode(made.data) == 0o700
    assert mode(made.key) == mode(made.private_key) == 0o600
    assert not made.key.is_relative_to(made.data)
    assert made.key.is_relative_to(tmp_path / "home")
    assert mode(made.key.parent) == 0o700


def test_without_a_custodian_a_pair_is_made(tmp_path: Path) -> None:
    """What is sealed to its public half is opened by the file that is to be moved away."""
    made = init.create(tmp_path / "here", custodians=[], home=tmp_path / "home")
    assert made.private_key is not None
    assert not made.private_key.is_relative_to(made.data)
    (public,) = load(made.config, {}).evidence.custodians
    sealed, opened = io.BytesIO(), io.BytesIO()
    pyrage.encrypt_io(io.BytesIO(b"x"), sealed, [pyrage.x25519.Recipient.from_str(public)])
    secret = [line for line in made.private_key.read_text().splitlines() if line[0] != "#"]
    sealed.seek(0)
    pyrage.decrypt_io(sealed, opened, [pyrage.x25519.Identity.from_str(*secret)])
    assert opened.getvalue() == b"x"


def test_the_private_half_is_asked_for_until_it_is_gone(tmp_path: Path) -> None:
    """As long as it lies there, this machine can read what it writes."""
    made = init.create(tmp_path / "here", custodians=[], home=tmp_path / "home")
    config = load(made.config, {})
    assert made.private_key is not None
    assert init.private_key_left(config) == made.private_key
    made.private_key.unlink()
    assert init.private_key_left(config) is None


def test_the_private_half_is_not_made_if_there_is_a_custodian(tmp_path: Path) -> None:
    """Then it was never on this machine."""
    made = init.create(tmp_path / "here", custodians=[CUSTODIAN], home=tmp_path / "home")
    assert made.private_key is None
    assert init.private_key_left(load(made.config, {})) is None


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    """Of one user, and even in directories of one name."""
    made = [
        init.create(tmp_path / str(n) / "watch", custodians=[CUSTODIAN], home=tmp_path / "home")
        for n in range(2)
    ]
    assert made[0].key != made[1].key
    assert made[0].key.read_text() != made[1].key.read_text()


@pytest.mark.parametrize("name", ["config.toml", "data", "custodian-private-key.txt"])
def test_nothing_is_overwritten_and_nothing_is_left(tmp_path: Path, name: str) -> None:
    """What is in the way is named; everything is as it was."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / name).write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(
        ConfigError, match=f"here/{name}: is there already, and nothing is overwritten"
    ):
        init.create(tmp_path / "here", custodians=[], home=tmp_path / "home")
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("custodian", "said"),
    [("bob", "not an age public key"), ("AGE-SECRET-KEY-1QQ", "private half")],
)
def test_a_custodian_that_is_none_changes_nothing(
    tmp_path: Path, custodian: str, said: str
) -> None:
    """It is looked at before anything is made."""
    with pytest.raises(ConfigError, match=said):
        init.create(tmp_path / "here", custodians=[CUSTODIAN, custodian], home=tmp_path / "home")
    assert list(tmp_path.iterdir()) == []


def test_what_was_made_is_taken_away_if_the_rest_cannot_be(tmp_path: Path) -> None:
    """The home is a file: the key cannot be made, so there is no data directory either."""
    (tmp_path / "home").write_text("a file")
    with pytest.raises(ConfigError, match="home"):
        init.create(tmp_path / "here", custodians=[CUSTODIAN], home=tmp_path / "home")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_home_inside_the_data_directory_is_refused(tmp_path: Path) -> None:
    """The key would be copied with the data."""
    with pytest.raises(ConfigError, match="in the data directory"):
        init.create(tmp_path, custodians=[CUSTODIAN], home=tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_odd_names_are_written_as_toml_wants_them(tmp_path: Path) -> None:
    """Quotes, spaces and other letters in a path are in the file as they are on the disk."""
    odd = tmp_path / 'a "b" \\ ü'
    made = init.create(odd, custodians=[CUSTODIAN], home=odd / "home")
    assert load(made.config, {}).key.file == made.key
    assert made.key.exists()
