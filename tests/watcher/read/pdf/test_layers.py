from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.watcher.read.pdf.files import plain, raw
from watcher.read.pdf.layers import Layers


def layers(default: bytes, **more: bytes) -> tuple[PdfReader, Layers]:
    catalog = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<<%b>>>>>>" % default
    made = plain(
        b"3 0 R", o6=b"<</Type/OCG/Name(a)>>", o7=b"<</Type/OCG/Name(b)>>", o1=catalog, **more
    )
    reader = PdfReader(io.BytesIO(raw(made)))
    return reader, Layers(reader.root_object)


@pytest.mark.parametrize(
    ("default", "off"),
    [
        (b"", (False, False)),
        (b"/OFF[6 0 R]", (True, False)),
        (b"/BaseState/OFF", (True, True)),
        (b"/BaseState/OFF/ON[7 0 R]", (True, False)),
    ],
)
def test_a_group_is_off_as_the_default_configuration_says(
    default: bytes, off: tuple[bool, bool]
) -> None:
    """Listed, or all but those listed."""
    reader, found = layers(default)
    assert tuple(found.off(reader.get_object(number)) for number in (6, 7)) == off


@pytest.mark.parametrize(
    ("policy", "off"),
    [
        (b"", False),
        (b"/P/AnyOn", False),
        (b"/P/AllOn", True),
        (b"/P/AnyOff", False),
        (b"/P/AllOff", True),
    ],
)
def test_a_membership_asks_its_groups(policy: bytes, off: bool) -> None:
    """Of two of which one is off, as its policy says (8.11.2.2)."""
    reader, found = layers(b"/OFF[6 0 R]", o8=b"<</Type/OCMD/OCGs[6 0 R 7 0 R]%b>>" % policy)
    assert found.off(reader.get_object(8)) is off


def test_what_is_no_group_is_on() -> None:
    """A file without layers, and one that refers to nothing."""
    reader, found = layers(b"/OFF 9")
    assert not found.off(None)
    assert not found.off(reader.get_object(5))
    assert not Layers(reader.get_object(5)).off(reader.get_object(6))
