"""
Slides: PresentationML packages (ECMA-376 part 1, 19), in the order in which they are shown.

A slide that is not shown, the speaker's notes and a slide that the
presentation does not name are hidden. The rest of the package is swept.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator

from watcher.model import Part, Unread
from watcher.read.archives.archive import content, opened
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.office import package
from watcher.read.office.dialect import local
from watcher.read.office.ooxml import OOXML
from watcher.read.office.prose import begun, told
from watcher.read.stream import Item, Stream
from watcher.read.sweep import parsed, parser

_SLIDE = re.compile(r"/?ppt/slides/[^/]*\.xml\Z", re.IGNORECASE)
_NOTES = "notesslide"
_SHOW = re.compile(rb"<(?:\w{1,20}:)?sld\b[^>]{0,4000}\sshow\s{0,9}=\s{0,9}[\"'](?:0|false)[\"']")


class Deck:
    """The slides of a package and what belongs to each."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self.given: set[int] = set()

    def _targets(self, member: str) -> dict[str, tuple[str, str]]:
        """A member's relations by id: the last word of their type, and the member they name."""
        found: dict[str, tuple[str, str]] = {}
        folder, name = posixpath.split(member)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")

        def start(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "Relationship":
                target = attributes.get("Target", "")
                path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2].lower()
                found[attributes.get("Id", "")] = kind, posixpath.normpath(path)

        made = parser()
        made.StartElementHandler = start
        self._parse(rels, made)
        return found

    def _parse(self, member: str, made: object) -> None:
        if member not in self._archive.NameToInfo:
            return
        info = self._archive.getinfo(member)
        try:
            for _ in parsed(content(self._archive, info, self._budget), made):
                pass
        except Trouble:
            return  # the member is swept, and says there what is wrong with it

    def order(self) -> list[str]:
        """The members that the presentation shows, in its order."""
        ids: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "sldId":
                ids.extend(value for key, value in attributes.items() if key.endswith(":id"))

        made = parser()
        made.StartElementHandler = start
        self._parse("ppt/presentation.xml", made)
        targets = self._targets("ppt/presentation.xml")
        return [targets[each][1] for each in ids if each in targets]

    def slide(self, member: str, where: str, *, hidden: bool = False) -> Iterator[Part | Unread]:
        """One slide and its notes, once."""
        info = self._archive.NameToInfo.get(member)
        if info is None or info.header_offset in self.given:
            return
        shown = _SHOW.search(content(self._archive, info, self._budget).head()) is None
        where = where if shown else f"{where} (hidden)"
        yield from self._told(info, where, hidden=hidden or not shown)
        for kind, target in self._targets(member).values():
            notes = self._archive.NameToInfo.get(target) if kind == _NOTES else None
            if notes is not None and notes.header_offset not in self.given:
                yield from self._told(notes, f"{where}, notes", hidden=True)

    def _told(self, info: zipfile.ZipInfo, where: str, *, hidden: bool) -> Iterator[Part | Unread]:
        self._budget.member()
        self.given.add(info.header_offset)
        made, prose = begun(OOXML, where, hidden=hidden)
        yield from told(content(self._archive, info, self._budget), made, prose, self._budget)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The slides in order, those that are not named, then the rest of the package."""
    with opened(stream, budget) as archive:
        deck = Deck(archive, budget)
        for number, member in enumerate(deck.order(), start=1):
            yield from deck.slide(member, f"slide {number}")
        for info in archive.infolist():
            if _SLIDE.match(info.filename):
                yield from deck.slide(info.filename, label(info.filename), hidden=True)
        yield from package.rest(archive, budget, given=deck.given)
