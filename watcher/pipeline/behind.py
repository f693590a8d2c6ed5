"""How many of the files behind a document are fetched, and what is said of the rest."""

from __future__ import annotations

from watcher.model import Capture, Ref, Unread, Why

MOST = 100  # files behind one document


def fetched(capture: Capture) -> tuple[Ref, ...]:
    """The files that are owed with this document, each once, in their order."""
    return tuple(dict.fromkeys(capture.files))[:MOST]


def left_out(capture: Capture) -> tuple[Unread, ...]:
    """What was not read of a document behind which there are more."""
    if len(dict.fromkeys(capture.files)) <= MOST:
        return ()
    return (Unread(where=f"files behind it beyond the first {MOST}", why=Why.LIMIT),)
