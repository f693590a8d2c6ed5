from __future__ import annotations

import pytest

from tests.watcher.read.made import archive, bounds, parts, repacked, unread, walked, workbook

LETTER = [
    ("[Content_Types].xml", b"<Types/>"),
    (
        "visio/document.xml",
        b"<w:document xmlns:w='w'><w:p><w:t>PC Adebayo</w:t></w:p></w:document>",
    ),
    ("word/comments.xml", b"<w:comments xmlns:w='w'><w:p><w:t>Quill</w:t></w:p></w:comments>"),
]


def test_a_package_without_a_reader_is_swept_and_said_to_be_unread() -> None:
    """Without a reader of its own a package gives its text, and is not clean."""
    items = walked(archive(LETTER))
    assert unread(items) == [("", "unsupported")]
    assert parts(items)["visio/document.xml"].text == "PC Adebayo\n"
    assert parts(items)["word/comments.xml"].hidden


def test_members_of_a_package_are_counted() -> None:
    """A package of endless members ends at the limit."""
    items = walked(archive(LETTER), limits=bounds(members=1))
    assert ("", "limit") in unread(items)


def test_what_no_person_wrote_is_not_unread() -> None:
    """Printer settings make no quiet workbook partial; a torn image does."""
    book = repacked(
        workbook(),
        [
            ("xl/printerSettings/printerSettings1.bin", bytes(300)),
            ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n"),
        ],
    )
    assert unread(walked(book)) == [("xl/media/image1.png", "broken")]


def test_what_a_program_says_of_a_package_is_an_echo_at_every_depth() -> None:
    """Its properties are read, and are never the place of a list; alone or in an archive."""
    book = workbook()
    for base, body in (("", book), ("reply.xlsx!/", archive([("reply.xlsx", book)]))):
        found = parts(walked(body))
        about = {where: part for where, part in found.items() if "docProps/" in where}
        assert f"{base}docProps/core.xml" in about
        assert all(part.echo and part.hidden for part in about.values())
        assert not found[f"{base}Staff"].echo


def test_a_letters_text_is_no_echo() -> None:
    """What is swept in place of being read is the reading itself, and rows in it are kept."""
    sheet = b"<worksheet><sheetData><row><c><v>4400123</v></c></row></sheetData></worksheet>"
    letter = [*LETTER, ("content.xml", b"<a><p>Quill</p></a>"), ("xl/worksheets/s.xml", sheet)]
    found = parts(walked(archive(letter)))
    assert (found["content.xml"].text, found["content.xml"].echo) == ("Quill\n", False)
    assert "4400123" in found["xl/worksheets/s.xml"].text


def test_what_hides_in_a_packages_file_is_read() -> None:
    """A workbook with an archive before it is both."""
    items = walked(archive([("list.txt", b"Adebayo")]) + archive(LETTER))
    assert any(where.endswith("!/list.txt") for where in parts(items))


def test_a_books_chapters_are_members() -> None:
    """An EPUB is read chapter by chapter; one whose chapters are locked is encrypted."""
    chapter = b"<?xml version='1.0'?><html xmlns='x'><body><p>Adebayo</p></body></html>"
    book = [("mimetype", b"application/epub+zip"), ("OEBPS/one.xhtml", chapter)]
    items = walked(archive(book))
    assert parts(items)["OEBPS/one.xhtml"].text == "Adebayo"
    assert unread(items) == []
    for method, told in (
        (b"http://www.idpf.org/2008/embedding", []),
        (b"x#aes", [("", "encrypted")]),
    ):
        locked = b'<a><EncryptionMethod Algorithm="' + method + b'"/></a>'
        assert unread(walked(archive([*book, ("META-INF/encryption.xml", locked)]))) == told


@pytest.mark.parametrize("name", ["xl/printerSettings/printerSettings1.bin", "xl/theme/theme1.xml"])
def test_what_is_only_called_nothing_is_read(name: str) -> None:
    """A theme that is an archive, settings of a printer that are a list."""
    listed = b"surname,pay_no\nAdebayo,4400123\nQuill,4400124\n"
    for body in (listed, archive([("list.csv", listed)])):
        items = walked(archive([("[Content_Types].xml", b"<Types/>"), (name, body)]))
        assert any("Adebayo" in part.text for part in parts(items).values())
