"""
Where the objects of a PDF stand, and so what one revision has otherwise than a later one (7.5.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader


def numbers(reader: PdfReader) -> dict[int, int]:
    """Every object's generation by its number, as the table of objects has them."""
    found = dict.fromkeys(reader.xref_objStm, 0)
    for generation, entries in sorted(reader.xref.items()):
        free = reader.xref_free_entry.get(generation, {})
        found.update((number, generation) for number in entries if not free.get(number))
    return found


def place(reader: PdfReader, number: int, generation: int) -> object:
    """Where an object stands: its offset, or its place in a stream of objects."""
    if number in reader.xref_objStm:
        return reader.xref_objStm[number]
    return reader.xref.get(generation, {}).get(number)


def changed(reader: PdfReader, newer: PdfReader, page: Any) -> bool:
    """Whether a page or what is drawn on it stands elsewhere in a newer revision."""
    contents = page.raw_get("/Contents") if "/Contents" in page else None
    held = contents.get_object() if contents is not None else None
    references = [page.indirect_reference, contents, *(held if isinstance(held, list) else ())]
    for each in references:
        number, generation = getattr(each, "idnum", None), getattr(each, "generation", 0)
        if number is not None and place(reader, number, generation) != place(
            newer, number, generation
        ):
            return True
    return page.indirect_reference is None
