"""
What is inside the seal: a JSON header and the bytes of arrays, nothing executable.

    u64 length of the header | header | padding | array | padding | array …

Every array begins at a multiple of 64 bytes, so that it can be used where it
lies. No pickle is written or read: an array of Python objects is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from watcher.model import Officer

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

ALIGN = 64
_LENGTH = 8


def _up(size: int, step: int = ALIGN) -> int:
    return -(-size // step) * step


def _described(dtype: np.dtype[Any]) -> object:
    from numpy.lib import format as npy

    return npy.dtype_to_descr(dtype)


def _dtype(described: Any) -> np.dtype[Any]:
    """The type that `_described` put into JSON, whose tuples came back as lists."""
    from numpy.lib import format as npy

    def tuples(each: Any) -> Any:
        name, kind, *shape = each
        inner = [tuples(one) for one in kind] if isinstance(kind, list) else kind
        return (name, inner, *(tuple(one) for one in shape))

    if isinstance(described, list):
        described = [tuples(each) for each in described]
    return npy.descr_to_dtype(described)


def pack(
    *,
    made_at: datetime,
    officers: tuple[Officer, ...],
    tables: Mapping[str, Mapping[str, Array]],
    fingerprints: Array,
) -> bytes:
    """The payload. Raises ValueError if an array holds Python objects."""
    arrays: list[tuple[str, str, Array]] = [("", "fingerprints", fingerprints)]
    arrays += [
        (matcher, name, array) for matcher, own in tables.items() for name, array in own.items()
    ]
    places, blocks, offset = [], [], 0
    for matcher, name, array in arrays:
        if array.dtype.hasobject:
            raise ValueError(f"table {name!r} of matcher {matcher!r} holds Python objects")
        data = array.tobytes(order="C")
        places.append([matcher, name, _described(array.dtype), list(array.shape), offset])
        blocks.append(data.ljust(_up(len(data)), b"\0"))
        offset += len(blocks[-1])
    header = json.dumps(
        {
            "made_at": made_at.isoformat(),
            "officers": [[each.ref, each.high_risk, each.public] for each in officers],
            "matchers": list(tables),
            "arrays": places,
        },
        separators=(",", ":"),
    ).encode()
    start = _up(_LENGTH + len(header))
    front = (len(header).to_bytes(_LENGTH, "big") + header).ljust(start, b"\0")
    return b"".join((front, *blocks))


def unpack(
    payload: bytes,
) -> tuple[datetime, tuple[Officer, ...], dict[str, dict[str, Array]], Array]:
    """
    When it was made, the officers, each matcher's tables, and the fingerprints.

    The arrays can be written to and share one block of memory. Raises
    ValueError if the payload is not what `pack` wrote.
    """
    import numpy as np

    length = int.from_bytes(payload[:_LENGTH], "big")
    try:
        header = json.loads(payload[_LENGTH : _LENGTH + length])
        made_at = datetime.fromisoformat(header["made_at"])
        officers = tuple(
            Officer(ref=ref, high_risk=high, public=public)
            for ref, high, public in header["officers"]
        )
        tables: dict[str, dict[str, Array]] = {matcher: {} for matcher in header["matchers"]}
        memory = bytearray(payload)
        start = _up(_LENGTH + length)
        fingerprints: Array | None = None
        for matcher, name, described, shape, offset in header["arrays"]:
            array: Array = np.ndarray(
                tuple(shape), dtype=_dtype(described), buffer=memory, offset=start + offset
            )
            if matcher:
                tables[matcher][name] = array
            else:
                fingerprints = array
    except (KeyError, TypeError, UnicodeDecodeError) as problem:
        raise ValueError("the payload of the index is not in its form") from problem
    if fingerprints is None:
        raise ValueError("the payload of the index has no fingerprints")
    return made_at, officers, tables, fingerprints
