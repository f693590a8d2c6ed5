"""What goes into the seal comes out of it: every kind of array, every ref, and no objects."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from watcher.index.payload import pack, unpack
from watcher.model import Officer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRINTS = np.zeros((0, 2), dtype=np.uint64)
NUMBERS = (
    npst.unsigned_integer_dtypes()
    | npst.integer_dtypes()
    | npst.floating_dtypes()
    | npst.boolean_dtypes()
)
ARRAYS = npst.arrays(
    dtype=NUMBERS,
    shape=npst.array_shapes(min_dims=0, min_side=0, max_side=4),
)
OFFICERS = st.lists(
    st.builds(Officer, ref=st.text(max_size=8), high_risk=st.booleans(), public=st.booleans()),
    max_size=5,
)


@settings(max_examples=40)
@given(
    OFFICERS,
    st.dictionaries(
        st.text(min_size=1, max_size=5),
        st.dictionaries(st.text(max_size=5), ARRAYS, max_size=3),
        max_size=3,
    ),
)
def test_it_comes_back(officers: list[Officer], tables: dict[str, dict[str, np.ndarray]]) -> None:
    """Bit for bit, with type and shape, and usable in place."""
    prints = np.arange(2 * len(officers), dtype=np.uint64).reshape(-1, 2)
    packed = pack(made_at=NOW, officers=tuple(officers), tables=tables, fingerprints=prints)
    made_at, people, read, read_prints = unpack(packed + b"\0" * 100)
    assert made_at == NOW
    assert people == tuple(officers)
    assert read_prints.tolist() == prints.tolist()
    assert {name: set(own) for name, own in read.items()} == {
        n: set(own) for n, own in tables.items()
    }
    for matcher, own in tables.items():
        for name, array in own.items():
            back = read[matcher][name]
            assert (back.dtype, back.shape) == (array.dtype, array.shape)
            assert back.tobytes() == array.tobytes()
            assert back.flags.writeable
            assert back.flags.c_contiguous


def test_a_table_of_records_and_a_transposed_one() -> None:
    """Structured types keep their fields; the order in memory does not matter."""
    kind = np.dtype([("tag", "<u8"), ("span", [("from", "<u4"), ("to", "<u4", (2,))])])
    records = np.zeros(3, dtype=kind)
    records["tag"] = [1, 2, 3]
    turned = np.arange(6).reshape(2, 3).T
    packed = pack(
        made_at=NOW, officers=(), tables={"m": {"r": records, "t": turned}}, fingerprints=PRINTS
    )
    tables = unpack(packed)[2]
    assert tables["m"]["r"].dtype == kind
    assert tables["m"]["r"]["tag"].tolist() == [1, 2, 3]
    assert tables["m"]["t"].tolist() == turned.tolist()


def test_objects_are_refused() -> None:
    """An array of Python objects would need code to be read back."""
    objects = np.array([{}, "x"], dtype=object)
    with pytest.raises(ValueError, match="table 'o' of matcher 'm'"):
        pack(made_at=NOW, officers=(), tables={"m": {"o": objects}}, fingerprints=PRINTS)


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_what_is_no_payload_is_a_value_error(data: bytes) -> None:
    """Whatever the bytes, it is told as one kind of error."""
    with pytest.raises(ValueError):  # noqa: PT011  # the law is the kind, not the words
        unpack(data)
