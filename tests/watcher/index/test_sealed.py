"""The sealed file: whole, exact, secret, and never older than what was in use."""

from __future__ import annotations

import secrets
import stat
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher import index
from watcher.errors import ConfigError, CustodyError, StoreError
from watcher.index.sealed import MIB, Index
from watcher.model import Officer

MASTER = bytes(range(32))
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def made(version: int = 3, people: int = 2) -> Index:
    return Index(
        version=version,
        made_at=NOW,
        officers=tuple(Officer(ref=f"ref-{n}-marked", high_risk=n == 0) for n in range(people)),
        tables={"people": {"tags": np.arange(1000, dtype=np.uint64)}, "empty": {}},
        salt=secrets.token_bytes(16),
        fingerprints=np.ones((people, 2), dtype=np.uint64),
    )


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("index") / "index.sealed"
    index.seal(path, MASTER, made())
    return path.read_bytes()


def test_what_is_sealed_is_opened(tmp_path: Path) -> None:
    """With the same key everything comes back, and the file is one whole MiB of mode 0600."""
    path = tmp_path / "index.sealed"
    before = made()
    index.seal(path, MASTER, before)
    after = index.open(path, MASTER, at_least=3)
    assert (after.version, after.made_at, after.officers) == (3, NOW, before.officers)
    assert after.salt == before.salt
    assert after.tables["people"]["tags"].tolist() == list(range(1000))
    assert after.tables["empty"] == {}
    assert after.fingerprints.tolist() == [[1, 1], [1, 1]]
    assert path.stat().st_size == MIB
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("size", [0, MIB - 4000, MIB - 100, MIB, 3 * MIB - 7])
def test_sizes_are_whole(tmp_path: Path, size: int) -> None:
    """The file's size tells whole MiB and nothing finer."""
    path = tmp_path / "index.sealed"
    held = made(people=0)
    table = {"m": {"t": np.zeros(size, dtype=np.uint8)}}
    index.seal(
        path,
        MASTER,
        Index(
            version=1,
            made_at=NOW,
            officers=(),
            tables=table,
            salt=held.salt,
            fingerprints=held.fingerprints,
        ),
    )
    assert path.stat().st_size % MIB == 0
    assert path.stat().st_size - size < 2 * MIB
    assert index.open(path, MASTER).tables["m"]["t"].size == size


@settings(max_examples=40)
@given(at=st.integers(0, MIB - 1) | st.integers(0, 60), flip=st.integers(1, 255))
def test_any_altered_byte_is_refused(
    sealed: bytes, tmp_path_factory: pytest.TempPathFactory, at: int, flip: int
) -> None:
    """Header, nonce, version, count, ciphertext, tag: none can be changed unseen."""
    path = tmp_path_factory.getbasetemp() / "altered.sealed"
    data = bytearray(sealed)
    data[at] ^= flip
    path.write_bytes(data)
    with pytest.raises(CustodyError, match=r"altered.*watcher enrol ROSTER"):
        index.open(path, MASTER)


@pytest.mark.parametrize("keep", [0, 7, 60, 74, 1000, MIB - 1])
def test_a_file_cut_short_is_refused(sealed: bytes, tmp_path: Path, keep: int) -> None:
    """However little is missing, the message names the file and the mend."""
    path = tmp_path / "index.sealed"
    path.write_bytes(sealed[:keep])
    with pytest.raises(CustodyError, match=r"index\.sealed: .*watcher enrol ROSTER"):
        index.open(path, MASTER)


def test_another_key_opens_nothing(sealed: bytes, tmp_path: Path) -> None:
    """The message names both possibilities and the mend; the exit code is custody's."""
    path = tmp_path / "index.sealed"
    path.write_bytes(sealed)
    with pytest.raises(
        CustodyError, match=r"another master key, or it was altered; put back"
    ) as told:
        index.open(path, bytes(32))
    assert told.value.exit_code == 4


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    """A missing file is the operator's matter, exit 2."""
    with pytest.raises(ConfigError, match="no index: `watcher enrol ROSTER` makes one"):
        index.open(tmp_path / "index.sealed", MASTER)


def test_an_older_index_is_refused(sealed: bytes, tmp_path: Path) -> None:
    """A copy from a backup does not silently forget those who joined since."""
    path = tmp_path / "index.sealed"
    path.write_bytes(sealed)
    assert index.open(path, MASTER, at_least=3).version == 3
    with pytest.raises(CustodyError, match="version 3, but version 4 was in use"):
        index.open(path, MASTER, at_least=4)


def test_nothing_shows_and_nothing_repeats(sealed: bytes, tmp_path: Path) -> None:
    """Refs are inside the seal, and the same index sealed twice shares no block."""
    path = tmp_path / "index.sealed"
    assert b"marked" not in sealed
    held = made()
    index.seal(path, MASTER, held)
    one = path.read_bytes()
    index.seal(path, MASTER, held)
    two = path.read_bytes()
    assert one[26:38] != two[26:38]  # the nonce
    assert not {one[at : at + 16] for at in range(64, 4096, 16)} & {
        two[at : at + 16] for at in range(64, 4096, 16)
    }


def test_keys_are_each_matchers_own() -> None:
    """Another name or another index is another key, and none is the master's."""
    one, two = made(), made()
    keys = {one.key(MASTER, "people"), one.key(MASTER, "photos"), two.key(MASTER, "people")}
    keys |= {index.fingerprint_key(MASTER, one.salt), MASTER}
    assert len(keys) == 5
    assert one.key(MASTER, "people") == index.matcher_key(MASTER, one.salt, "people")
    assert {len(key) for key in keys} == {32}


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """No directory to write to, or a directory in the way: an error with the mend, and no remains."""
    with pytest.raises(StoreError, match="cannot be written"):
        index.seal(tmp_path / "nowhere" / "index.sealed", MASTER, made())
    blocked = tmp_path / "index.sealed"
    (blocked / "full").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be written"):
        index.seal(blocked, MASTER, made())
    assert list(tmp_path.iterdir()) == [blocked]


def test_a_salt_of_another_length_is_refused(tmp_path: Path) -> None:
    """It would be cut to fit, and the index would never open again."""
    held = made()
    odd = Index(
        version=1,
        made_at=NOW,
        officers=(),
        tables={},
        salt=b"short",
        fingerprints=held.fingerprints,
    )
    with pytest.raises(ValueError, match="16 bytes"):
        index.seal(tmp_path / "index.sealed", MASTER, odd)
