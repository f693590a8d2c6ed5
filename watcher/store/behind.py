"""
Files behind a document, owed with its outcome as refs of the same source.

One hop: what a file of a page names is not fetched. A page that comes as
another version owes its files again, under that version; which of them
changed is seen when they are fetched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from watcher.model import Ref
from watcher.store import follow, queue
from watcher.store.engine import Database


def remember(db: Database, page: Ref, files: Iterable[Ref], *, now: datetime) -> int:
    """
    How many files of this page are owed anew.

    Whose file each is stays as it was first. What the source lists by itself
    is the listing's to owe.
    """
    if follow.named_by(db, page) is not None:
        return 0
    owed = 0
    for each in files:
        file = replace(each, source=page.source, version=each.version or page.version)
        owner = follow.named_by(db, file)
        if owner is None and not follow.stands(db, file, "pending", "outcome"):
            follow.enter(db, file, by=page, at=now)
            owner = page.source
        if owner == page.source:
            owed += queue.owe(db, file, now=now, retry_at=None)
    return owed
