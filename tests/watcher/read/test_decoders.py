from __future__ import annotations

import zlib

import inflate64
import pyppmd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS
from watcher.read.budget import Budget, Trouble
from watcher.read.decoders import Brotli, Copy, Decoder, Inflate, Zstd, deflate64, ppmd


def bare(body: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


def wide(body: bytes) -> bytes:
    made = inflate64.Deflater()
    return bytes(made.deflate(body) + made.flush())


def modelled(body: bytes) -> bytes:
    made = pyppmd.Ppmd7Encoder(6, 1 << 20)
    return bytes(made.encode(body) + made.flush())


def fed(decoder: Decoder, packed: bytes, wanted: int) -> bytes:
    """All that comes out, seven bytes asked for at a time."""
    out = b""
    for _ in range(10_000):
        data = b""
        if decoder.needs_input:
            data, packed = packed[:50], packed[50:]
        out += decoder.decompress(data, 7)
        if len(out) >= wanted or decoder.eof:
            break
    return out[:wanted]  # some have no end of their own


@given(body=st.binary(min_size=1, max_size=2000))
def test_each_gives_back_what_was_packed(body: bytes) -> None:
    """In small pieces, in and out."""
    assert fed(Copy(), body, len(body)) == body
    assert fed(Inflate(), bare(body), len(body)) == body
    assert fed(deflate64(), wide(body), len(body)) == body
    assert fed(ppmd(6, 1 << 20, Budget(BOUNDS)), modelled(body) + b"\0", len(body)) == body


@pytest.mark.parametrize("made", [Brotli(), Zstd(1 << 24), deflate64()])
def test_foreign_bytes_are_a_value_error(made: Decoder) -> None:
    """Each library has its own exception; none goes through."""
    with pytest.raises(ValueError, match=r"\S"):
        made.decompress(b"\xff" * 50, 100)


def test_a_model_is_asked_only_where_that_is_dared() -> None:
    """Damaged data has taken the process with it; a worker that is careful leaves it."""
    with pytest.raises(Trouble) as told:
        ppmd(6, 1 << 20, Budget(BOUNDS, careful=1)).decompress(modelled(b"PC Adebayo"), 7)
    assert told.value.why.value == "lost worker"
