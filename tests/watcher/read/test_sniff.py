from __future__ import annotations

import random

import pytest

from watcher.read.sniff import Kind, compound, is_page, kind, package


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (b"", Kind.EMPTY),
        (b"PK\x03\x04rest", Kind.ZIP),
        (b"\x1f\x8b\x08rest", Kind.GZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\n%PDF-1.7\n", Kind.PDF),
        (b"junk\n%PDF-1.7\n1 0 obj\n", Kind.PDF),
        (b"quoted:\n%PDF-1.7\n", Kind.TEXT),
        (b"{\\rtf1 x}", Kind.RTF),
        (b"7z\xbc\xaf\x27\x1c", Kind.SEVENZIP),
        (b"\0" * 257 + b"ustar\x0000", Kind.TAR),
        (b"Rar!\x1a\x07\0", Kind.RAR),
        (b"BZh91AY&SY", Kind.BZIP2),
        (b"\xfd7zXZ\0", Kind.XZ),
        (b"\x5d\0\0\x80\0" + b"\xff" * 8 + b"\0", Kind.XZ),
        (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
        (b"MSCF\0\0\0\0", Kind.CAB),
        (b"!<arch>\n", Kind.AR),
        (b"LZIP\1\x17", Kind.PRESSED),
        (b"\x04\x22\x4d\x18\x64", Kind.PRESSED),
        (b"\x1f\x9d\x90P\x86", Kind.PRESSED),
        (b"'\0-lh5-" + b"\1" * 13 + b"\1\5a.txt", Kind.LHA),
        (b"ab-lh5- is how its header says it", Kind.TEXT),
        (b'\x60\xea)\0"\x0b\1\2\x10\0\2\xc0', Kind.KNOWN),  # ARJ
        (b"1231234**ACE**", Kind.KNOWN),
        (b"SIT!\0\1\0\0\0\0rLau", Kind.KNOWN),
        (b"StuffIt is where it was", Kind.TEXT),
        (b"ZOO 2.10 Archive.\x1a\0\0\xdc\xa7\xc4\xfd", Kind.KNOWN),
        ("\ufeffSTREAM_STORAGE_SIGNATURE_)!@#$%^&*(".encode("utf-16-le"), Kind.KNOWN),
        (b"\x89LZO\0\r\n\x1a\n", Kind.KNOWN),
        (b"\x09\x02\x06\0\0\0\x10\0", Kind.KNOWN),  # a worksheet of Excel 3
        (b"070701" + b"0" * 104, Kind.CPIO),
        (b"\0" * 32769 + b"CD001", Kind.ISO),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"GIF89a", Kind.IMAGE),
        (b"II*\0\x08\0\0\0", Kind.IMAGE),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.IMAGE),
        (b"RIFF\0\0\0\0WAVEfmt ", Kind.KNOWN),
        (b"\0\0\0\x18ftypheic\0\0", Kind.IMAGE),
        (b"\0\0\0\x18ftypmp42\0\0", Kind.KNOWN),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Kind.IMAGE),
        (b"BM and words after it", Kind.TEXT),
        (b"SQLite format 3\0", Kind.DATABASE),
        (b"PAR1\x15\4", Kind.PARQUET),
        (b"\x78\x9f\x3e\x22\1\0", Kind.TNEF),
        (bytes.fromhex("308006092a864886f70d010702a080"), Kind.SIGNED),
        (b"From: a\nTo: b\nSubject: c\n\nd", Kind.MAIL),
        (b"From: a\nTo: b\nSubject: c\n\n" + b"\0\1" * 90, Kind.MAIL),
        (b"From: a\nTo: b\nSubject: c\n", Kind.TEXT),
        (b"From a@b Mon Jan  5 10:00:00 2026\nFrom: a\n\n", Kind.MAILBOX),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", Kind.CALENDAR),
        (b"BEGIN:VCARD\nVERSION:3.0\nN:Quill;Si;;;\nFN:Si Quill\nEND:VCARD\n" * 9, Kind.TEXT),
        (b"dn: cn=Si Quill,ou=Staff,o=F\ncn: Si Quill\nmail: s@q.example\n\n" * 9, Kind.TEXT),
        (b"staff:\n  - name: Quill\n    rank: PC\n  - name: Adebayo\n    rank: DC\n", Kind.TEXT),
        (b"\0" * 500, Kind.UNKNOWN),
        (random.Random(1).randbytes(5000), Kind.UNKNOWN),
        (b"PC Adebayo was there", Kind.TEXT),
        ("Siân said a, b and c".encode("utf-16"), Kind.TEXT),
        (b"a line with a stray \x01 control in a long enough text of many words", Kind.TEXT),
        (b'{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', Kind.TEXT),
        (b"a;b\n1;2\n", Kind.TABLE),
        ("a\tb\n1\t2\n".encode("utf-16-le"), Kind.TABLE),
        (b"  <!-- x --><!DOCTYPE html><p>", Kind.HTML),
        (b"\xef\xbb\xbf<html lang=en>", Kind.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", Kind.HTML),
        (b"<?xml version='1.0'?><rss version='2.0'>", Kind.TEXT),
        (b"<table><tr><td>x", Kind.HTML),
        (b"<person>x</person>", Kind.XML),
    ],
)
def test_a_body_is_what_its_bytes_say(head: bytes, wanted: Kind) -> None:
    """Content decides."""
    assert kind(head, complete=True) is wanted


def test_comments_without_end_cost_nothing() -> None:
    """A page opening is looked for once along the text, whatever it is made of."""
    assert not is_page("<!---->" * 1000 + "x")
    assert not is_page("<!--" * 100_000)
    assert is_page("<!---->" * 1000 + "<p>")


def test_packages_are_told_by_their_members() -> None:
    """A workbook, a letter and an archive are all ZIP."""
    assert package(["[Content_Types].xml", "xl/workbook.xml"], b"") is Kind.SPREADSHEET
    assert package(["mimetype"], b"application/vnd.oasis.opendocument.spreadsheet") is (
        Kind.SPREADSHEET
    )
    assert package(["[Content_Types].xml", "word/document.xml"], b"") is Kind.WORD
    assert package(["[Content_Types].xml", "ppt/presentation.xml"], b"") is Kind.SLIDES
    assert package(["[Content_Types].xml", "visio/document.xml"], b"") is Kind.OFFICE
    assert package(["mimetype"], b"application/vnd.oasis.opendocument.text") is Kind.OPEN
    assert package(["mimetype"], b"application/epub+zip") is Kind.EPUB
    assert package(["a.txt"], b"") is Kind.ZIP


def test_messages_of_outlook_are_told_by_what_they_hold() -> None:
    """A compound file is many things."""
    assert compound("__properties_version1.0".encode("utf-16-le")) is Kind.MESSAGE
    assert compound("Workbook".encode("utf-16-le")) is Kind.OLE
