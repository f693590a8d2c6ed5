"""
Compound files (MS-CFB) whose directory says what their sectors cannot hold.

A stream is read along a chain of sectors up to the size that its directory
says. Where the chain is a circle and the size is gigabytes, a file of 10 KB
gives them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from olefile import OleFileIO

_SMALL = 4096  # from this size on a stream stands in sectors of its own (MS-CFB 2.2)


def opened(body: bytes) -> OleFileIO:
    """The file, no stream of which is longer than it. Raises what olefile does of damaged files."""
    from olefile import OleFileIO

    found = OleFileIO(io.BytesIO(body))
    for entry in found.direntries:
        if entry is not None:
            entry.size = min(entry.size, max(len(body), _SMALL))
    return found
