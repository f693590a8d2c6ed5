"""
The store: what must survive, in one SQLite file.

`Book` is for commands, in their own thread; `Store` is the same for the loop.
"""

from watcher.store.book import Book
from watcher.store.canaries import Returned
from watcher.store.follow import Named
from watcher.store.gather import Telling
from watcher.store.history import NOTHING, Brought, Hour, Visits
from watcher.store.lock import visiting
from watcher.store.notices import Condition, NoticeRow
from watcher.store.owing import TargetState
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
    "NOTHING",
    "AlertRow",
    "Before",
    "Book",
    "Brought",
    "Condition",
    "DeadLetter",
    "Digest",
    "EvidenceRow",
    "Hold",
    "Hour",
    "Left",
    "Named",
    "NoticeRow",
    "Pending",
    "Place",
    "Returned",
    "Settled",
    "SourceState",
    "Store",
    "TargetState",
    "Telling",
    "Visits",
    "visiting",
]
