from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.watcher.record.captures import Custodian, exchange, write
from watcher.model import Evidence
from watcher.record import unclaimed, verify


@pytest.fixture
def kept(tmp_path: Path) -> list[Evidence]:
    custodian = Custodian()
    return [write(exchange(bytes([each])), tmp_path, custodian) for each in range(3)]


def test_untouched_evidence_has_no_problems(tmp_path: Path, kept: list[Evidence]) -> None:
    """Also where nothing was ever recorded."""
    assert verify(tmp_path, kept) == []
    assert unclaimed(tmp_path, kept) == []
    assert verify(tmp_path / "none", []) == []


def test_whatever_differs_is_named(tmp_path: Path, kept: list[Evidence]) -> None:
    """Missing, one bit changed, cut short: each by its file."""
    one, two, three = ((tmp_path / each.file) for each in kept)
    one.unlink()
    flipped = bytearray(two.read_bytes())
    flipped[-1] ^= 1
    two.write_bytes(flipped)
    three.write_bytes(three.read_bytes()[:-1])
    assert verify(tmp_path, kept) == [
        f"{kept[0].file}: missing",
        f"{kept[1].file}: altered: its SHA-256 is not the one entered",
        f"{kept[2].file}: altered: {kept[2].size - 1} bytes, {kept[2].size} were written",
    ]


def test_a_link_in_place_of_evidence_is_named(tmp_path: Path, kept: list[Evidence]) -> None:
    """Even to a file with the right bytes: it can be changed elsewhere."""
    file = tmp_path / kept[0].file
    file.rename(tmp_path.parent / "elsewhere")
    file.symlink_to(tmp_path.parent / "elsewhere")
    (problem,) = verify(tmp_path, kept)
    assert problem.startswith(f"{kept[0].file}: cannot be read")


def test_a_name_that_leads_out_is_named(tmp_path: Path, kept: list[Evidence]) -> None:
    """A row altered to point at another file does not make us read it."""
    astray = [replace(kept[0], file=name) for name in ("../x", "/etc/passwd")]
    assert verify(tmp_path, [*kept, *astray]) == [
        "../x: the name leads out of the evidence directory",
        "/etc/passwd: the name leads out of the evidence directory",
    ]


def test_a_strange_file_is_named(tmp_path: Path, kept: list[Evidence]) -> None:
    """Somebody put it there; we did not."""
    (tmp_path / "notes.txt").write_text("x")
    assert verify(tmp_path, kept) == ["notes.txt: not an evidence file; who put it there?"]


def test_what_a_crash_left_is_unclaimed_and_no_difference(
    tmp_path: Path, kept: list[Evidence]
) -> None:
    """Recorded and never stored, or half written: no alert rests on it."""
    half = tmp_path / kept[0].file
    half.with_name(f".{half.name}.part").write_bytes(b"half")
    assert verify(tmp_path, kept[1:]) == []
    assert unclaimed(tmp_path, kept[1:]) == [kept[0].file]
