from __future__ import annotations

import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.archives.tarheader import header, is_header, listed, number, records


@given(name=st.text("abcé/", min_size=1, max_size=60), size=st.integers(0, 1 << 40))
def test_a_header_says_what_was_written(name: str, size: int) -> None:
    """Python's tarfile writes, this reads: octal numbers, and base 256 where they are too large."""
    info = tarfile.TarInfo(name)
    info.size = size
    found = header(info.tobuf(tarfile.GNU_FORMAT)[:512])
    assert found is not None
    assert (found.name, found.size) == (name, size)


def test_an_old_header_has_a_checksum_and_no_mark() -> None:
    """Version 7 of Unix: a folder is told by its name."""
    block = bytearray(512)
    block[:6] = b"staff/"
    block[148:156] = b"%06o\0 " % (sum(block) + 256)
    assert is_header(bytes(block))
    found = header(bytes(block))
    assert found is not None
    assert found.kind == b"5"
    assert not is_header(bytes(512))
    assert not is_header(bytes(block[:-1]))


def test_numbers_that_are_none_are_refused() -> None:
    """Never a guess at a size."""
    assert number(b"0000644\0") == 0o644
    assert number(b"") == 0
    for field in (b"12z", b"\xff" * 12):
        with pytest.raises(ValueError, match=r"invalid|literal|codec"):
            number(field)


def test_records_are_read_as_far_as_they_are_records() -> None:
    """POSIX pax: a length that counts itself, a key, a value, a line end."""
    said = records(b"12 path=a/b\n19 GNU.sparse.map=1\nnonsense")
    assert said[0] == ("path", "a/b")
    assert records(b"0 a=b\n") == []
    assert listed([("GNU.sparse.map", "0,5,9,1")]) == [(0, 5), (9, 1)]
    assert listed([("GNU.sparse.offset", "7"), ("GNU.sparse.numbytes", "2")]) == [(7, 2)]
