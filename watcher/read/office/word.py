"""
Letters: WordprocessingML packages (ECMA-376 part 1, 17), read in the order in which they are written.

Body, headers, footers, notes and comments; tracked deletions, hidden runs
and field codes apart and hidden. The rest of the package is swept, and what
was read in order is swept once more: attributes hide names, too.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from watcher.model import Part, Unread
from watcher.read.archives.archive import content, opened
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.office import package
from watcher.read.office.ooxml import OOXML, Run
from watcher.read.office.prose import begun, told
from watcher.read.stream import Item, Stream
from watcher.read.sweep import parsed, parser

# Members with text in order, and what their pieces are called.
_STORIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"/?word/document\d*\.xml\Z", ""),
        (r"/?word/(header\d*)\.xml\Z", "header"),
        (r"/?word/(footer\d*)\.xml\Z", "footer"),
        (r"/?word/footnotes\d*\.xml\Z", "footnotes"),
        (r"/?word/endnotes\d*\.xml\Z", "endnotes"),
        (r"/?word/comments\d*\.xml\Z", "comments"),
        (r"/?word/glossary/document\.xml\Z", "building blocks"),
    )
)
_UNSEEN = ("comments", "building blocks")


def story(name: str) -> str | None:
    """What a member's text is called in an address; None for one without text in order."""
    for pattern, where in _STORIES:
        if found := pattern.match(name):
            return found[1].lower() if found.groups() else where
    return None


def _hidden_styles(archive: zipfile.ZipFile, budget: Budget) -> frozenset[str]:
    """The styles that hide what is written in them."""
    found: set[str] = set()
    style = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal style
        step = name.rpartition(":")[2]
        if step == "style":
            style = next((v for k, v in attributes.items() if k.endswith("styleId")), "")
        elif step == "vanish" and style and Run.on(attributes):
            found.add(style)

    if "word/styles.xml" in archive.NameToInfo:
        made = parser()
        made.StartElementHandler = start
        try:
            for _ in parsed(content(archive, archive.getinfo("word/styles.xml"), budget), made):
                pass
        except Trouble:
            return frozenset(found)  # its member is swept, and says there what is wrong with it
    return frozenset(found)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The stories of a letter, then the rest of its package."""
    with opened(stream, budget) as archive:
        styles = _hidden_styles(archive, budget)
        given: set[int] = set()
        for info in archive.infolist():
            where = story(info.filename)
            if where is None:
                continue
            budget.member()
            given.add(info.header_offset)
            yield from _told(archive, info, budget, where, styles)
        yield from package.rest(archive, budget, given=given)


def _told(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    budget: Budget,
    where: str,
    styles: frozenset[str],
) -> Iterator[Part | Unread]:
    where = label(where) if where else ""
    made, prose = begun(OOXML, where, hidden=where in _UNSEEN)
    Run(made, prose, styles)
    yield from told(content(archive, info, budget), made, prose, budget)
