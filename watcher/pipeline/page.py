"""Which pieces of a document are the page itself, as its publisher shows it to everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping

from watcher.config.publishers import publishes
from watcher.model import Capture, Part

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TABLE = re.compile(r"table \d+")  # as the reader of pages calls them


def is_publication(capture: Capture, publishers: Mapping[str, tuple[str, ...]]) -> bool:
    """
    Whether this is a page of a listed publisher: a page, not a file that it links to.

    A file, plain text as well, is an attachment and counts in full.
    """
    if not publishers:
        return False
    kind = capture.header("Content-Type").partition(";")[0].strip().lower()
    return kind in _PAGES and any(
        publishes(patterns, capture.url, capture.ref.source) for patterns in publishers.values()
    )


def is_shown(part: Part) -> bool:
    """Whether a piece of a page is what its reader sees: prose and tables, nothing hidden or attached."""
    if part.hidden or part.echo or part.cells:
        return False
    if part.table:
        return _TABLE.fullmatch(part.where) is not None
    return not part.where
