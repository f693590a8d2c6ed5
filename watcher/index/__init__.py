"""
The sealed index: who is enrolled, as keyed hashes and opaque refs, in one file.

`seal` writes it, `open` reads it back; nothing else knows its form.
"""

from watcher.index.sealed import Index, fingerprint_key, matcher_key, open, seal  # noqa: A004  # `index.open` is what it does

__all__ = ["Index", "fingerprint_key", "matcher_key", "open", "seal"]
