"""PDF files that the tests of their reader share: by reportlab, by pypdf, and object by object."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence

from pypdf import PdfWriter
from reportlab.pdfgen import canvas
from reportlab.platypus import SimpleDocTemplate, Table

LIST = [["Surname", "Rank", "Pay no"], ["Adebayo", "Sgt", "4400123"], ["Quill", "PC", "4400124"]]
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
NAMED = b"BT /F1 12 Tf 50 700 Td (Adebayo) Tj ET"


def listed(rows: Sequence[Sequence[str]] = LIST) -> bytes:
    """A list as a table, row by row."""
    held = io.BytesIO()
    SimpleDocTemplate(held).build([Table(rows)])
    return held.getvalue()


def drawn(draw: Callable[[canvas.Canvas], None]) -> bytes:
    held = io.BytesIO()
    made = canvas.Canvas(held)
    draw(made)
    made.save()
    return held.getvalue()


def written(writer: PdfWriter) -> bytes:
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def raw(objects: dict[int, bytes]) -> bytes:
    """A file of these objects; 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out + trailer % (max(places) + 1, start))


def content(body: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(body), extra, body)


def page(contents: int) -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>"
        b"/Contents %d 0 R>>" % contents
    )


def plain(kids: bytes, **more: bytes) -> dict[int, bytes]:
    """A catalog, a tree with these kids, page 3 that names a person, and its font."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[%b]>>" % kids,
        3: page(4),
        4: content(NAMED),
        5: FONT,
        **{int(number[1:]): body for number, body in more.items()},
    }


def inflated(size: int) -> bytes:
    return content(zlib.compress(b" " * size, 9), b"/Filter/FlateDecode")


def packed(objects: dict[int, bytes]) -> bytes:
    """The same file with its plain objects in a stream of objects, and its table in a stream (7.5.7)."""
    plain_ones = {number: body for number, body in objects.items() if b"stream" not in body}
    heads, texts = [], bytearray()
    for number, body in plain_ones.items():
        heads.append(b"%d %d" % (number, len(texts)))
        texts += body + b" "
    lead = b" ".join(heads) + b" "
    top = max(objects) + 1
    held = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(plain_ones), len(lead))
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    streams = {n: b for n, b in objects.items() if n not in plain_ones}
    streams[top] = content(zlib.compress(lead + texts), held)
    for number, body in streams.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    places[top + 1] = len(out)
    rows = [b"\0\0\0\0\0\0"]
    for number in range(1, top + 2):
        if number in places:
            rows.append(b"\1" + places[number].to_bytes(4, "big") + b"\0")
        elif number in plain_ones:
            rows.append(b"\2" + top.to_bytes(4, "big") + bytes([list(plain_ones).index(number)]))
        else:
            rows.append(rows[0])
    told = b"/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R" % (top + 2)
    out += b"%d 0 obj\n%b\nendobj\n" % (top + 1, content(b"".join(rows), told))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % places[top + 1])


def shown(operators: bytes, resources: bytes = b"/Font<</F1 5 0 R>>", **more: bytes) -> bytes:
    """A file of one page that draws this."""
    made = plain(b"3 0 R", **more)
    made[3] = made[3].replace(b"/Font<</F1 5 0 R>>", resources)
    made[4] = content(operators)
    return raw(made)
