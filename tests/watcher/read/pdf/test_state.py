from __future__ import annotations

import pytest
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, TextStringObject

from watcher.read.pdf.state import inside, said, six


def test_six_operands_are_a_transformation() -> None:
    """And no fewer."""
    assert six([1, 0, 0, 1, 5.5, 7, 9]) == [1.0, 0.0, 0.0, 1.0, 5.5, 7.0]
    with pytest.raises(ValueError, match="unpack"):
        six([1, 2])


def test_dictionaries_of_resources_are_found_or_none() -> None:
    """Resources may be none, or hold what is no dictionary."""
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject()})
    assert inside(resources, "/Font") == {}
    assert inside(resources, "/XObject") is None
    assert inside(None, "/Font") is None
    assert inside(DictionaryObject({NameObject("/Font"): NameObject("/F")}), "/Font") is None


def test_what_stands_for_marked_content_is_text() -> None:
    """As a content stream has it, in bytes, or an object, in letters."""
    held = DictionaryObject(
        {
            NameObject("/ActualText"): ByteStringObject(b"\xfe\xff\0S\0i"),
            NameObject("/Alt"): TextStringObject("Ade"),
            NameObject("/E"): NameObject("/x"),
        }
    )
    assert said(held)[:2] == ["Si", "Ade"]
    assert said(DictionaryObject()) == []
