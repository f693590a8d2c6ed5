from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml

from tests.watcher.read.made import archive, parts, repacked, rows, unread, walked, workbook
from watcher.read.office.word import story

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGED = (
    f"<w:p {W}><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>Bevan</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>Carew</w:t></w:r></w:ins></w:p>"
)
BOXED = (
    f"<w:p {W}><w:r><w:t>outer</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Davies</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></w:r></w:p>"
)
STYLED = f'<w:p {W}><w:r><w:rPr><w:rStyle w:val="veil"/></w:rPr><w:t>Howell</w:t></w:r></w:p>'
STYLE = f'<w:style {W} w:styleId="veil"><w:rPr><w:vanish/></w:rPr></w:style>'


def letter() -> bytes:
    made = docx.Document()
    made.core_properties.author = "Ffion"
    paragraph = made.add_paragraph("PC ")
    for run in ("Ade", "bayo", " 4400123"):
        paragraph.add_run(run)
    paragraph.runs[1].bold = True
    made.add_comment(paragraph.runs[0], text="Evans", author="x", initials="x")
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(("Surname", "Pay no", "Quill", "4400124")):
        table.cell(at // 2, at % 2).text = text
    made.add_paragraph("seen ").add_run("Floyd").font.hidden = True
    made.sections[0].header.paragraphs[0].text = "Griffiths"
    for each in (CHANGED, BOXED, STYLED):
        made.element.body.insert(0, parse_xml(each))
    made.styles.element.append(parse_xml(STYLE))
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_letter_is_read_in_its_order() -> None:
    """A name split over runs is whole, a table is a table, and nothing is hidden from us."""
    found = parts(walked(archive([("foi/reply.docx", letter())])))
    text = found["foi/reply.docx"].text
    assert "PC Adebayo 4400123\n" in text
    assert "kept Carew\n" in text
    assert "Davies\nouter\n" in text
    assert rows(found["foi/reply.docx!/table 1"])[1] == ["Quill", "4400124"]
    for name, said in (
        ("comments", "Evans"),
        ("deleted text", "Bevan"),
        ("hidden text", "Floyd"),
        ("hidden text", "Howell"),
    ):
        part = found[f"foi/reply.docx!/{name}"]
        assert said in part.text
        assert part.hidden
        assert said not in text
    assert found["foi/reply.docx!/header1"].text == "Griffiths\n"


def test_the_rest_of_a_package_is_swept() -> None:
    """What was read in order is an echo; an embedded workbook is opened; macros are swept."""
    body = repacked(
        letter(),
        [
            ("word/embeddings/list.xlsx", workbook()),
            ("customXml/item9.xml", b"<a><b>Irwin</b></a>"),
            ("word/theme/theme1.xml", b"<a>nothing</a>"),
        ],
    )
    found = parts(walked(body))
    assert found["word/document.xml"].echo
    assert "word/embeddings/list.xlsx!/List (hidden)" in found
    assert "Irwin" in found["customXml/item9.xml"].text
    assert found["docProps/core.xml"].echo


def test_a_torn_letter_is_read_as_far_as_it_goes() -> None:
    """And is broken."""
    torn = f"<w:document {W}><w:body><w:p><w:r><w:t>Adebayo</w:t></w:r></w:p><w:p><w:r><w:t>Qu"
    items = walked(repacked(letter(), [("word/document.xml", torn.encode())]))
    assert parts(items)[""].text == "Adebayo\nQu\n"
    assert ("", "broken") in unread(items)


def test_a_deleted_row_keeps_its_cells_together() -> None:
    """A name and its number are one line of what was deleted."""
    cell = "<w:tc><w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p></w:tc>"
    made = f"<w:tr>{cell.format('Quill')}{cell.format('4400124')}</w:tr>"
    body = f"<w:document {W}><w:body><w:tbl>{made}</w:tbl></w:body></w:document>"
    found = parts(walked(repacked(letter(), [("word/document.xml", body.encode())])))
    assert found["deleted text"].text == "Quill\t4400124\n"


def test_a_long_letter_is_read_and_entities_are_refused() -> None:
    """40,000 paragraphs, each once; a declared entity ends the member."""
    lines = "".join(f"<w:p><w:r><w:t>Name{at}</w:t></w:r></w:p>" for at in range(40_000))
    body = f"<w:document {W}><w:body>{lines}</w:body></w:document>"
    found = parts(walked(repacked(letter(), [("word/document.xml", body.encode())])))
    assert found[""].text.startswith("Name0\nName1\n")
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert ("", "limit") in unread(walked(repacked(letter(), [("word/document.xml", bomb)])))


def test_stories_have_names() -> None:
    """Members with text in order, by the names that packages give them."""
    assert story("word/document.xml") == ""
    assert story("word/Header2.xml") == "header2"
    assert story("word/comments.xml") == "comments"
    assert story("word/styles.xml") is None
