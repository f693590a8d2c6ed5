"""
The sealed index: who is enrolled, as keyed hashes and opaque refs, in one file.

`seal` writes it, `open` reads it back; nothing else knows its form. What
documents leave for others is sealed by `seal_traces`, one by one.
"""

from watcher.index.sealed import Index, fingerprint_key, matcher_key, open, seal  # noqa: A004  # `index.open` is what it does
from watcher.index.traces import open_traces, roster_mark, seal_traces, traces_key

__all__ = [
    "Index",
    "fingerprint_key",
    "matcher_key",
    "open",
    "open_traces",
    "roster_mark",
    "seal",
    "seal_traces",
    "traces_key",
]
