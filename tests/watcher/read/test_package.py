from __future__ import annotations

from tests.watcher.read.made import archive, bounds, parts, repacked, unread, walked, workbook

LETTER = [
    ("[Content_Types].xml", b"<Types/>"),
    ("word/document.xml", b"<w:document xmlns:w='w'><w:p><w:t>PC Adebayo</w:t></w:p></w:document>"),
    ("word/comments.xml", b"<w:comments xmlns:w='w'><w:p><w:t>Quill</w:t></w:p></w:comments>"),
]


def test_a_letter_is_swept_and_said_to_be_unread() -> None:
    """Without a reader of its own a package gives its text, and is not clean."""
    items = walked(archive(LETTER))
    assert unread(items) == [("", "unsupported")]
    assert parts(items)["word/document.xml"].text == "PC Adebayo\n"
    assert parts(items)["word/comments.xml"].hidden


def test_members_of_a_package_are_counted() -> None:
    """A package of endless members ends at the limit."""
    items = walked(archive(LETTER), limits=bounds(members=1))
    assert ("", "limit") in unread(items)


def test_what_no_person_wrote_is_not_unread() -> None:
    """Printer settings make no quiet workbook partial; an image does."""
    book = repacked(
        workbook(),
        [
            ("xl/printerSettings/printerSettings1.bin", bytes(300)),
            ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n"),
        ],
    )
    assert unread(walked(book)) == [("xl/media/image1.png", "unsupported")]
