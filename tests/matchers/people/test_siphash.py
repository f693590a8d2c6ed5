"""SipHash against its reference, and tags."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.siphash import Kind, halves, matrix, siphash, tag, tags

# vectors_sip64 of the reference implementation (github.com/veorq/SipHash):
# key 00 01 … 0f, messages of 0, 1, 2, … bytes 00 01 02 …
REFERENCE = """
    310e0edd47db6f72 fd67dc93c539f874 5a4fa9d909806c0d 2d7efbd796666785 b7877127e09427cf
    8da699cd64557618 cee3fe586e46c9cb 37d1018bf50002ab 6224939a79f5f593 b0e4a90bdf82009e
    f3b9dd94c5bb5d7a a7ad6b22462fb3f4 fbe50e86bc8f1e75 903d84c02756ea14 eef27a8e90ca23f7
    e545be4961ca29a1
""".split()  # noqa: SIM905  # reads better than quoted words


def test_the_reference_vectors() -> None:
    """Messages of 0 to 15 bytes, as in the paper's appendix and the reference code."""
    key = halves(bytes(range(16)))
    for length, expected in enumerate(REFERENCE):
        rows = np.arange(length, dtype=np.uint8).reshape(1, length)
        assert int(siphash(rows, key)[0]).to_bytes(8, "little").hex() == expected


def test_rows_are_hashed_one_by_one() -> None:
    key = halves(bytes(range(16)))
    several = siphash(matrix([b"smith", b"jones", b"smith"]), key)
    assert several[0] == several[2] != several[1]
    assert siphash(matrix([b"jones"]), key)[0] == several[1]


def test_tags_keep_the_order_and_tell_kinds_and_keys_apart() -> None:
    one, other = halves(bytes(16)), halves(bytes(range(16)))
    tokens = [b"a", b"longertoken", b"", b"b"]
    assert [tag(Kind.NAME, token, one) for token in tokens] == tags(Kind.NAME, tokens, one).tolist()
    assert tag(Kind.NAME, b"1234", one) != tag(Kind.NUMBER, b"1234", one)
    assert tag(Kind.NAME, b"1234", one) != tag(Kind.NAME, b"1234", other)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes, not 5"):
        halves(b"short")
