from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import ARC4, Cipher, _makekey

from tests.watcher.read.made import parts, rows, unread, walked, workbook
from tests.watcher.read.sheets import compound, record, xls
from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.office import encrypted


def sealed(password: str) -> bytes:
    """A workbook that msoffcrypto has encrypted."""
    held = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt(password, held)
    return held.getvalue()


def test_the_password_that_excel_uses_by_itself_opens_a_package() -> None:
    """A workbook that is only protected is read, its hidden sheets too."""
    items = walked(sealed("VelvetSweatshop"))
    assert rows(parts(items)["Staff"])[1] == ["Adebayo", "4400123"]
    assert parts(items)["List (hidden)"].hidden
    assert unread(items) == []


def test_any_other_password_keeps_it_shut() -> None:
    """It is encrypted, and nothing is said of what is in it."""
    items = walked(sealed("Quill 1999"))
    assert unread(items) == [("", "encrypted")]
    assert not parts(items)


def _rc4(body: bytes, password: str) -> bytes:
    """A workbook's stream, encrypted as MS-OFFCRYPTO 2.3.6 and MS-XLS 2.2.10 say."""
    salt = bytes(range(16))

    def key(block: int) -> bytes:
        return bytes(_makekey(password, salt, block))

    def crypt(data: bytes) -> bytes:
        pieces = (data[at : at + 1024] for at in range(0, len(data), 1024))
        return b"".join(
            Cipher(ARC4(key(block)), mode=None).encryptor().update(piece)
            for block, piece in enumerate(pieces)
        )

    import hashlib

    verifier = bytes(range(16, 32))
    both = (
        Cipher(ARC4(key(0)), mode=None)
        .encryptor()
        .update(verifier + hashlib.md5(verifier).digest())
    )
    told = record(0x2F, struct.pack("<3H", 1, 1, 1) + salt + both)
    begin = 4 + body[2]
    made, clear = bytearray(), []
    at = 0
    whole = body[:begin] + told + body[begin:]
    while at + 4 <= len(whole):
        kind, size = struct.unpack_from("<2H", whole, at)
        data = bytearray(whole[at + 4 : at + 4 + size])
        if kind == 0x85:
            data[:4] = struct.pack("<I", struct.unpack("<I", data[:4])[0] + len(told))
        keep = size if kind in (0x809, 0x2F, 0xE1) else 4 if kind == 0x85 else 0
        made += whole[at : at + 4] + data
        clear += [(at, at + 4 + keep)]
        at += 4 + size
    shut = bytearray(crypt(bytes(made)))
    for first, end in clear:
        shut[first:end] = made[first:end]
    return bytes(shut)


@pytest.mark.parametrize(("password", "opens"), [("VelvetSweatshop", True), ("other", False)])
def test_an_old_workbook_is_opened_the_same_way(password: str, opens: bool) -> None:
    """RC4 with the password that programs use by themselves; with another it is encrypted."""
    import olefile

    def fill(book: object) -> None:
        sheet = book.add_sheet("Staff")  # type: ignore[attr-defined]  # xlwt is untyped
        for number in range(300):
            sheet.write(number, 0, f"Adebayo {number}")

    with olefile.OleFileIO(io.BytesIO(xls(fill))) as opened:
        body = opened.openstream("Workbook").read().rstrip(b"\0")
    items = walked(compound({"Workbook": _rc4(body + b"\0\0\0", password)}))
    if opens:
        assert rows(parts(items)["Staff"])[299] == ["Adebayo 299"]
        assert unread(items) == []
    else:
        assert unread(items) == [("Workbook", "encrypted")]


def test_too_many_rounds_are_not_run() -> None:
    """A key that would take minutes to derive is not derived."""
    with pytest.raises(Trouble) as raised:
        encrypted.package(b'\4\0\4\0@\0\0\0<keyData/><a spinCount="9999999"/>', b"")
    assert raised.value.why is Why.ENCRYPTED


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_encrypted(info: bytes, body: bytes) -> None:
    """What cannot be opened is encrypted, whatever it is."""
    for head in (b"\4\0\4\0@\0\0\0", b"\3\0\2\0", b""):
        with pytest.raises(Trouble):
            encrypted.package(head + info, body)
    with pytest.raises(Trouble):
        encrypted.workbook(record(0x809, b"") + record(0x2F, info) + body)
