from __future__ import annotations

import io
import struct

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import bounds, parts, rows, unread, walked
from tests.watcher.read.office.test_vba import packed
from tests.watcher.read.sheets import compound, xls
from watcher.read.office import ole

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CODE = b'Attribute VB_Name = "Module1"\r\n\' call Lloyd, Si\xe2n\r\n'


def book() -> bytes:
    with olefile.OleFileIO(
        io.BytesIO(xls(lambda made: made.add_sheet("In").write(0, 0, "Quill")))
    ) as opened:
        return bytes(opened.openstream("Workbook").read())


def test_compound_files_that_cannot_be_opened_say_what_they_were() -> None:
    """An encrypted package is encrypted, a damaged letter or workbook broken."""
    for name, why in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "broken"),
        ("Workbook", "broken"),
    ):
        assert unread(walked(OLE + name.encode("utf-16-le"))) == [("", why)]


def test_macros_are_read_and_never_run() -> None:
    """The source of a module is text, in the code page of its project."""
    told = b"\1\0\4\0\0\0\1\0\0\0" + b"\3\0\2\0\0\0\xe4\4"
    body = compound(
        {"VBA/dir": packed(told), "VBA/Module1": b"\1\2\3" + packed(CODE), "PROJECT": b"ID={}"}
    )
    items = walked(body)
    part = parts(items)["VBA/Module1"]
    assert part.hidden
    assert "call Lloyd, Siân" in part.text
    assert unread(items) == []


def test_an_embedded_file_is_unwrapped() -> None:
    """The file and its names; another object as it is."""
    inner = b"\2\0staff.txt\0C:\\Lloyd\\staff.txt\0\0\0\3\0" + struct.pack("<I", 9) + b"D:\\Siena\0"
    inner += struct.pack("<I", 5) + b"Quill"
    found = parts(walked(compound({"\x01Ole10Native": struct.pack("<I", len(inner)) + inner})))
    assert found["staff.txt"].text == "Quill"
    names = next(part for where, part in found.items() if where.endswith("its names"))
    assert "Lloyd" in names.text
    assert "Siena" in names.text
    found = parts(
        walked(compound({"\x01Ole10Native": struct.pack("<I", 9) + b"Adebayo, Quill\n" * 300}))
    )
    assert any("Adebayo" in part.text for part in found.values())


def test_a_workbook_inside_another_has_its_own_address() -> None:
    """A storage of an old workbook holds what was embedded in it."""
    found = parts(
        walked(
            compound(
                {"Workbook": book(), "MBD01/Workbook": book(), "MBD02/Package": b"deep text " * 500}
            )
        )
    )
    assert rows(found["In"]) == [["Quill"]]
    assert rows(found["MBD01!/In"]) == [["Quill"]]
    assert "deep text" in found["MBD02/Package"].text


def test_streams_of_which_nothing_is_known_are_swept() -> None:
    """Their text is read, and a file of nothing else is unsupported."""
    items = walked(
        compound(
            {"Notes": "Adebayo".encode("utf-16-le"), "\x05SummaryInformation": b"Ffion Morgan"}
        )
    )
    found = parts(items)
    assert found["Notes"].text == "Adebayo\n"
    assert found["SummaryInformation"].echo
    assert unread(items) == [("", "unsupported")]


def test_what_is_too_large_is_told_and_the_rest_read() -> None:
    """One stream beyond the limits takes no other with it."""
    limits = bounds(max_bytes=20_000)
    items = walked(compound({"Big": bytes(30_000), "Workbook": book()}), limits=limits)
    assert ("Big", "limit") in unread(items)
    assert unread(walked(compound({"a": b"x"}), limits=bounds(members=0)))[0] == ("a", "limit")


@pytest.mark.parametrize("at", [48, 60, 76, 512, 600, 1024])
def test_a_damaged_file_is_parts_or_unread(at: int) -> None:
    """Damage in the header, the tables or the directory makes no fault."""
    whole = compound({"Workbook": book(), "VBA/Module1": packed(CODE)})
    for piece in (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\1\0\0\0"):
        walked(whole[:at] + piece + whole[at + 4 :])


@settings(max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 12_000), st.integers(0, 12_000))
def test_any_bytes_are_parts_or_unread(noise: bytes, at: int, end: int) -> None:
    """Noise anywhere, and a file that ends early."""
    whole = compound({"Workbook": book(), "x\x01Ole10Native": b"abc", "VBA/Module1": packed(CODE)})
    walked(whole[:at] + noise + whole[at + len(noise) :])
    walked(whole[:end])
    list(ole._native(noise, "n"))
