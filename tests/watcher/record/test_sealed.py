from __future__ import annotations

import errno
import hashlib
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.watcher.record.captures import PAGE, Custodian, exchange, records, scanned, write
from watcher.errors import ConfigError, ReadError, StoreError
from watcher.record import record


def _everything(directory: Path) -> list[str]:
    return sorted(each.relative_to(directory).as_posix() for each in directory.rglob("*"))


def test_each_custodian_opens_it_and_reads_what_was_received(tmp_path: Path) -> None:
    """Any of them, alone; the digests of the plain and of the encrypted bytes are right."""
    duty, escrow = Custodian(), Custodian()
    capture = exchange()
    evidence = write(capture, tmp_path, duty, escrow)
    file = tmp_path / evidence.file
    assert evidence.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert evidence.size == file.stat().st_size
    assert evidence.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert evidence.taken_at == capture.taken_at
    for custodian in (duty, escrow):
        _, answer, _ = records(custodian.open(file))
        assert answer[0]["WARC-Record-ID"] == f"<{evidence.record_id}>"
        assert answer[1].endswith(b"\r\n\r\n" + PAGE)


def test_the_name_says_nothing_and_the_file_is_its_owners(tmp_path: Path) -> None:
    """Year, month, UUID; mode 0600 in folders of mode 0700."""
    path = tmp_path / "Constable Bloggs.xlsx"
    path.write_bytes(b"x")
    directory = tmp_path / "data" / "evidence"
    directory.parent.mkdir()
    evidence = write(scanned(path), directory, Custodian())
    file = directory / evidence.file
    assert file.stat().st_mode & 0o777 == 0o600
    assert {each.stat().st_mode & 0o777 for each in (directory, *file.parents[:2])} == {0o700}
    year, month, name = evidence.file.split("/")
    assert (year, month) == ("2026", "11")
    assert name.endswith(".warc.gz.age")
    assert _everything(directory) == [year, f"{year}/{month}", evidence.file]


def test_without_a_custodian_nothing_is_written(tmp_path: Path) -> None:
    """The mend is named before anything is made."""
    with pytest.raises(ConfigError, match="custodians"):
        write(exchange(), tmp_path / "evidence")
    assert _everything(tmp_path) == []


def test_a_changed_file_leaves_nothing(tmp_path: Path) -> None:
    """Neither evidence nor half of one."""
    path, directory = tmp_path / "list.txt", tmp_path / "evidence"
    path.write_bytes(b"one" * 100_000)
    capture = scanned(path)
    path.write_bytes(b"two" * 100_000)
    with pytest.raises(ReadError, match="changed"):
        write(capture, directory, Custodian())
    assert [each for each in directory.rglob("*") if each.is_file()] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a small tmpfs here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    """The error says to free space, nothing half is left, and no thread waits for ever."""
    before = threading.active_count()
    with pytest.raises(StoreError, match="disk is full: free space") as refused:
        write(exchange(os.urandom(2_000_000)), small_disk, Custodian())
    assert isinstance(refused.value.__cause__, OSError)
    assert refused.value.__cause__.errno == errno.ENOSPC
    assert [each for each in small_disk.rglob("*") if each.is_file()] == []
    assert threading.active_count() == before
    write(exchange(), small_disk, Custodian())


def test_a_directory_that_cannot_be_is_said(tmp_path: Path) -> None:
    """A file in its place, or no parent."""
    (tmp_path / "evidence").write_bytes(b"")
    with pytest.raises(StoreError, match="no evidence was written"):
        write(exchange(), tmp_path / "evidence", Custodian())
    with pytest.raises(StoreError, match="no evidence was written"):
        write(exchange(), tmp_path / "not" / "there", Custodian())


def test_a_directory_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    """The mend is the owner."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    program = (
        "import os, sys; from pathlib import Path\n"
        "from tests.watcher.record.captures import Custodian, exchange, write\n"
        "from watcher.errors import StoreError\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try: write(exchange(), Path(sys.argv[1]), Custodian())\n"
        "except StoreError as problem: print(problem)\n"
    )
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "evidence")],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert "run as the user who owns it" in ended.stdout, ended.stderr


def test_memory_stays_flat(tmp_path: Path) -> None:
    """A file far larger than the memory it may take is recorded, piece by piece."""
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(96 << 20)
    capture = scanned(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    evidence = write(capture, tmp_path / "evidence", Custodian())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert evidence.size > 0
    assert grown < 32 << 10  # ru_maxrss is in KiB


def test_two_records_of_one_capture_are_two_files(tmp_path: Path) -> None:
    """A name is never used again."""
    custodian, capture = Custodian(), exchange()
    names = {
        record(capture, directory=tmp_path, custodians=[custodian.key], software="w").file
        for _ in range(2)
    }
    assert len(names) == 2
