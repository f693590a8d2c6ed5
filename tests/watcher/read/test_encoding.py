from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, MIB, bounds, stream
from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.encoding import undone
from watcher.read.unpack import STREAM


def bare(body: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


ENCODERS = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:]),
    "deflate": zlib.compress,
    " Deflate": bare,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
    "gzip, deflate": lambda body: zlib.compress(gzip.compress(body)),
}


@settings(max_examples=30)
@given(body=st.binary(max_size=3000), encoding=st.sampled_from(sorted(ENCODERS)))
def test_what_was_encoded_is_undone(body: bytes, encoding: str) -> None:
    """Each encoding, and several in a row, give back the bytes, and no trouble."""
    flow = undone(stream(ENCODERS[encoding](body)), encoding, Budget(BOUNDS))
    assert b"".join(flow.chunks()) == body
    assert flow.trouble is None


def test_an_unknown_encoding_is_unsupported() -> None:
    """What cannot be undone is said."""
    with pytest.raises(Trouble, match="unsupported"):
        undone(stream(b""), "compress", Budget(BOUNDS))


@pytest.mark.parametrize("damage", ["cut", "flipped", "trailed"])
def test_what_was_readable_comes_before_the_fault(damage: str) -> None:
    """A damaged stream gives its beginning and is broken."""
    packed = gzip.compress(bytes(range(256)) * 4000, mtime=0)
    packed = {
        "cut": packed[:-20],
        "flipped": packed[:-8] + b"\0\0\0\0" + packed[-4:],
        "trailed": packed + b"something else",
    }[damage]
    flow = undone(stream(packed), "gzip", Budget(BOUNDS))
    assert len(b"".join(flow.chunks())) > 100_000
    assert flow.trouble is Why.BROKEN


def test_a_bomb_ends_at_the_limit() -> None:
    """What expands beyond the ratio is read to 64 MiB and no further."""
    made = zlib.compressobj(wbits=31)
    packed = b"".join(made.compress(bytes(MIB)) for _ in range(80)) + made.flush()
    flow = undone(stream(packed), "gzip", Budget(BOUNDS))
    given = sum(map(len, flow.chunks()))
    assert 64 * MIB - MIB < given <= 64 * MIB
    assert flow.trouble is Why.LIMIT


def test_the_documents_own_limit_holds() -> None:
    """All that a document expands to is counted together."""
    flow = undone(stream(gzip.compress(bytes(5 * MIB))), "gzip", Budget(bounds(max_bytes=MIB)))
    assert sum(map(len, flow.chunks())) <= MIB
    assert flow.trouble is Why.LIMIT


def test_a_row_of_empty_members_is_passed_and_bounded() -> None:
    """A million of them is a bomb of nothing; zeros behind the last are padding, between them a fault."""
    body = gzip.compress(b"") * 3000 + gzip.compress(b"PC Adebayo")
    flow = undone(stream(body + bytes(9000)), "gzip", Budget(BOUNDS))
    assert (flow.read(), flow.read(), flow.trouble) == (b"PC Adebayo", b"", None)
    flow = undone(stream(body), "gzip", Budget(bounds(max_bytes=100 * STREAM)))
    assert (flow.read(), flow.trouble) == (b"", Why.LIMIT)
    torn = gzip.compress(b"Quill") + bytes(9000) + gzip.compress(b"x")
    flow = undone(stream(torn), "gzip", Budget(BOUNDS))
    assert (flow.read(), flow.read(), flow.trouble) == (b"Quill", b"", Why.BROKEN)
