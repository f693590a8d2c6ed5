"""
Parts as bytes: what a worker hands to the service over its pipe.

One line of JSON, then the row offsets (unsigned 32-bit, little-endian), then
the text in UTF-8. The service does not trust a worker: whatever is not of
this shape is a ValueError there.
"""

from __future__ import annotations

import json
import sys
from array import array

from watcher.model import Part, Unread, Why

MESSAGE = 64 << 20  # bytes of one message from a worker; a window needs less than 10 MiB


def packed(item: Part | Unread) -> bytes:
    """The message for one item."""
    if isinstance(item, Unread):
        return json.dumps({"where": item.where, "why": item.why.value}).encode() + b"\n"
    offsets = array("I", item.rows)
    if sys.byteorder == "big":
        offsets.byteswap()
    told = {
        "where": item.where,
        "table": item.table,
        "rows": len(item.rows),
        "header": item.header,
        "first": item.first,
        "overlap": item.overlap,
        "cells": item.cells,
        "hidden": item.hidden,
        "echo": item.echo,
        "begun": item.begun,
        "repeated": item.repeated,
        "numbers": item.numbers,
    }
    # A lone surrogate becomes one "?": offsets stay right.
    text = item.text.encode("utf-8", "replace")
    return b"".join((json.dumps(told).encode(), b"\n", offsets.tobytes(), text))


def unpacked(message: bytes) -> Part | Unread:
    """The item of a message. Raises ValueError where it is none."""
    line, _, rest = message.partition(b"\n")
    try:
        told = json.loads(line)
        where = str(told["where"])
        if "why" in told:
            return Unread(where=where, why=Why(told["why"]))
        offsets = array("I")
        end = int(told["rows"]) * offsets.itemsize
        offsets.frombytes(rest[:end])
        if sys.byteorder == "big":
            offsets.byteswap()
        return Part(
            where=where,
            text=rest[end:].decode("utf-8"),
            table=bool(told["table"]),
            rows=tuple(offsets),
            header=tuple(str(each) for each in told["header"]),
            first=int(told["first"]),
            overlap=int(told["overlap"]),
            cells=bool(told["cells"]),
            hidden=bool(told["hidden"]),
            echo=bool(told["echo"]),
            begun=int(told["begun"]),
            repeated=int(told["repeated"]),
            numbers=tuple(int(each) for each in told["numbers"]),
        )
    except (KeyError, TypeError, RecursionError) as problem:
        raise ValueError("not a part") from problem
