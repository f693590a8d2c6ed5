"""
The sealed index: who is enrolled, as keyed hashes and opaque refs, in one file.

`seal` writes it, `open` reads it back; nothing else knows its form. What
documents leave for others is sealed by `seal_traces`, one by one, and how far a
source came that asks about them by `seal_cursor`.
"""

from watcher.index.cursors import cursor_key, open_cursor, seal_cursor
from watcher.index.sealed import Index, fingerprint_key, matcher_key, open, seal  # noqa: A004  # `index.open` is what it does
from watcher.index.traces import open_traces, roster_mark, seal_traces, traces_key

__all__ = [
    "Index",
    "cursor_key",
    "fingerprint_key",
    "matcher_key",
    "open",
    "open_cursor",
    "open_traces",
    "roster_mark",
    "seal",
    "seal_cursor",
    "seal_traces",
    "traces_key",
]
