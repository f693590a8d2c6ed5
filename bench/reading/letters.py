"""Letters, slides, printed pages, books and mail."""

from __future__ import annotations

import io
import mailbox
import tempfile
import zipfile
from email.message import EmailMessage
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as escaped

from bench.reading.content import paragraphs, rows
from bench.reading.families import family
from bench.reading.workbooks import xlsx

_SEED = "@PARAGRAPH@"


def _multiplied(package: bytes, member: str, start: str, end: str, count: int) -> bytes:
    """A package in which the element around the seed stands so many times, with paragraphs in it."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as before,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            body = before.read(info)
            if info.filename == member:
                text = body.decode()
                at = text.index(_SEED)
                first, last = text.rindex(start, 0, at), text.index(end, at) + len(end)
                shape = text[first:last]
                many = "".join(shape.replace(_SEED, escaped(each)) for each in paragraphs(count))
                body = (text[:first] + many + text[last:]).encode()
            after.writestr(info, body)
    return held.getvalue()


@family("docx", "DOCX, 8,000 paragraphs and a table", "python-docx")
def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(_SEED)
    table = document.add_table(0, 4)
    for row in rows(100):
        for cell, value in zip(table.add_row().cells, row[:4], strict=True):
            cell.text = str(value)
    held = io.BytesIO()
    document.save(held)
    return _multiplied(held.getvalue(), "word/document.xml", "<w:p>", "</w:p>", 8_000)


@family("odt", "ODT, 8,000 paragraphs", "odfpy")
def _odt() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    document = OpenDocumentText()
    document.text.addElement(P(text=_SEED))
    held = io.BytesIO()
    document.write(held)
    return _multiplied(held.getvalue(), "content.xml", "<text:p>", "</text:p>", 8_000)


@family("pptx", "PPTX, 60 slides", "python-pptx")
def _pptx() -> bytes:
    import pptx

    made = pptx.Presentation()
    said = paragraphs(240)
    for number in range(60):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number}"
        slide.placeholders[1].text = "\n".join(said[4 * number : 4 * number + 4])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@family("rtf", "RTF, 4,000 paragraphs")
def _rtf() -> bytes:
    said = r"\par ".join(
        "".join(each if each.isascii() else rf"\u{ord(each)}?" for each in text)
        .replace("{", r"\{")
        .replace("}", r"\}")
        for text in paragraphs(4_000)
    )
    return (r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0\fs22 " + said + "}").encode("ascii", "replace")


@family("pdf", "PDF, 150 pages", "pypdf")
def _pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held)
    lines = iter(paragraphs(150 * 50))
    for _ in range(150):
        canvas.setFont("Helvetica", 9)
        for at in range(50):
            canvas.drawString(40, 800 - 15 * at, next(lines)[:110])
        canvas.showPage()
    canvas.save()
    return held.getvalue()


@family("epub", "EPUB, 40 chapters", "zipfile and bs4")
def _epub() -> bytes:
    held = io.BytesIO()
    said = paragraphs(4_000)
    names = [f"c{number}.xhtml" for number in range(40)]
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/>'
            "</rootfiles></container>",
        )
        book.writestr(
            "b.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
            f"{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, name in enumerate(names):
            text = "".join(f"<p>{escape(each)}</p>" for each in said[100 * number :][:100])
            book.writestr(
                name,
                '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>'
                f"Chapter {number}</title></head><body>{text}</body></html>",
            )
    return held.getvalue()


def _mail(number: int, body: str, *, attached: bool) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Siân <sian@post.example>"
    message["To"] = f"desk{number}@web.example"
    message["Subject"] = f"The list {number}"
    message.set_content(body)
    message.add_alternative(f"<p>{escape(body)}</p>", subtype="html")
    if attached:
        message.add_attachment(
            xlsx(10_000),
            maintype="application",
            subtype="vnd.ms-excel",
            filename="list.xlsx",
        )
    return message


@family("eml", "mail with a workbook", "email and openpyxl")
def _eml() -> bytes:
    return bytes(_mail(0, "\n\n".join(paragraphs(200)), attached=True))


@family("mbox", "mbox, 2,000 messages", "mailbox")
def _mbox() -> bytes:
    said = paragraphs(4_000)
    with tempfile.TemporaryDirectory(prefix="watcher-bench-") as folder:
        path = Path(folder) / "box"
        box = mailbox.mbox(path)
        for number in range(2_000):
            box.add(_mail(number, "\n\n".join(said[2 * number :][:2]), attached=False))
        box.flush()
        box.close()
        return path.read_bytes()


@family("msg", "MSG with a workbook", "olefile and openpyxl")
def _msg() -> bytes:
    from aspose.email_foss import msg

    message = msg.MapiMessage.create("The list", "\n\n".join(paragraphs(200)))
    message.add_recipient("desk@web.example", display_name="Desk")
    message.add_attachment("list.xlsx", xlsx(10_000))
    return bytes(message.to_bytes())
