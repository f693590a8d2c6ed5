"""
What hangs on a page of a PDF: notes, links, form fields (ISO 32000-2, 12.5 and 12.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from watcher.read.pdf.layers import Layers
from watcher.read.pdf.objects import strings

NOTES = 10_000  # on one page
_UNSEEN = 2 | 32  # flags of a note: hidden, no view (table 167)


@dataclass(slots=True)
class Notes:
    """
    The notes of one page, a line for each. `known`: numbers of objects that they took up.

    `shown(form)` is the text of a drawing.
    """

    layers: Layers
    shown: Callable[[Any], str]
    known: set[int]
    cut: bool = False  # there are more than are looked at
    lines: dict[bool, list[str]] = field(default_factory=lambda: {False: [], True: []}, repr=False)

    def read(self, page: Any) -> None:
        """Its lines, by whether a reader of the page would not see them."""
        annotations = page.get("/Annots")
        annotations = annotations.get_object() if annotations is not None else None
        if not isinstance(annotations, list):
            return
        self.cut = len(annotations) > NOTES
        for each in annotations[:NOTES]:
            note = each.get_object()
            if not isinstance(note, dict):
                continue
            self.known.add(getattr(each, "idnum", -1))
            flags = note.get("/F", 0)
            unseen = isinstance(flags, int) and bool(flags & _UNSEEN)
            unseen = unseen or ("/OC" in note and self.layers.off(_raw(note, "/OC")))
            if line := "\t".join(dict.fromkeys(self._said(note))):
                self.lines[unseen].append(line + "\n")

    def _said(self, note: Any) -> Iterator[str]:
        """A note's or field's texts, its field's name first, and what its pictures show."""
        found: list[str] = []
        parent = note.get("/Parent")
        parent = parent.get_object() if parent is not None else None
        if isinstance(parent, dict) and parent.get("/Type") != "/Page":
            self.known.add(getattr(_raw(note, "/Parent"), "idnum", -1))
            found += strings(_only(parent, ("/T", "/TU", "/V")))
        found += strings(note)
        action = note.get("/A")
        if isinstance(action, dict) and getattr(_raw(note, "/A"), "idnum", None) is not None:
            found += strings(action)
        yield from found
        looks = note.get("/AP")
        normal = looks.get("/N") if isinstance(looks, dict) else None
        if normal is not None and hasattr(normal, "get_data"):
            shown = " ".join(self.shown(normal).split())
            if shown and shown not in " ".join(found):
                yield shown


def _raw(held: Any, key: str) -> Any:
    return held.raw_get(key)


def _only(found: Any, keys: tuple[str, ...]) -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(key): found[key] for key in keys if key in found})
