from __future__ import annotations

import compressed_rtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.office.packedrtf import LIMIT, unpacked

TEXT = b"{\\rtf1\\ansi PC Adebayo\\par 4400123 PC Quill, PC Quill, PC Quill}"


def test_what_was_packed_comes_back() -> None:
    """Packed by another library, compressed and not (MS-OXRTFCP §3)."""
    assert unpacked(compressed_rtf.compress(TEXT)) == TEXT
    assert unpacked(compressed_rtf.compress(TEXT, compressed=False)) == TEXT


@given(st.binary(max_size=3000))
def test_whatever_was_packed_comes_back(text: bytes) -> None:
    """Of any bytes."""
    assert unpacked(compressed_rtf.compress(text)) == text


def test_a_torn_one_is_given_as_far_as_it_goes() -> None:
    """What is none at all is broken."""
    assert TEXT.startswith(unpacked(compressed_rtf.compress(TEXT)[:-20])[:30])
    for body in (b"", b"x" * 40):
        with pytest.raises(Trouble) as trouble:
            unpacked(body)
        assert trouble.value.why is Why.BROKEN


def test_it_has_a_limit() -> None:
    """Two bytes that give seventeen, again and again."""
    packed = compressed_rtf.compress(TEXT * 1000)
    with pytest.raises(Trouble) as trouble:
        unpacked(packed, 1000)
    assert trouble.value.why is Why.LIMIT
    assert len(unpacked(packed)) == len(TEXT) * 1000 < LIMIT


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_unpacked(data: bytes) -> None:
    """No bytes make it raise anything else."""
    unpacked(bytes(8) + (0x75465A4C).to_bytes(4, "little") + bytes(4) + data)
