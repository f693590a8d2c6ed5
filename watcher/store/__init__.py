"""
The store: what must survive, in one SQLite file.

`Book` is for commands, in their own thread; `Store` is the same for the loop.
"""

from watcher.store.book import Book
from watcher.store.follow import Named
from watcher.store.gather import Telling
from watcher.store.lock import visiting
from watcher.store.places import Hold, Place
from watcher.store.rows import (
    AlertRow,
    DeadLetter,
    Digest,
    EvidenceRow,
    Pending,
    Settled,
    SourceState,
)
from watcher.store.service import Store
from watcher.store.traces import Before, Left

__all__ = [
    "AlertRow",
    "Before",
    "Book",
    "DeadLetter",
    "Digest",
    "EvidenceRow",
    "Hold",
    "Left",
    "Named",
    "Pending",
    "Place",
    "Settled",
    "SourceState",
    "Store",
    "Telling",
    "visiting",
]
