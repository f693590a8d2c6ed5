"""Where the service is not polite by default, and who asked it to stay away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from watcher.config.settings import HONOURED, Config
from watcher.doctor.check import Check
from watcher.store import Book


def robots(config: Config, _: datetime) -> Iterator[Check]:
    """Each source whose table says why robots.txt is not asked: somebody has to stand for that."""
    for table in config.sources.values():
        if table.enabled and table.robots not in ("", HONOURED):
            yield Check(
                level="ok",
                what=f"source {table.name}: robots.txt is not asked, because: {table.robots}",
            )


def holds(config: Config, now: datetime) -> Iterator[Check]:
    """Each host that is left alone because it asked for that, and until when."""
    if not config.store.exists():
        return
    with Book.open(config.store, readonly=True) as book:
        found = book.holds(now=now)
    for each in found:
        yield Check(
            level="warn",
            what=f"host {each.host}: asked to be left alone until {each.until:%Y-%m-%d %H:%M} UTC; "
            "nothing is asked of it until then",
            mend="visit it less often (`every`, `pace`), or ask its operator what would be welcome",
        )
