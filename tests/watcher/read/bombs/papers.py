"""Letters and printed pages: deep, in circles, of gigabytes, each page the same."""

from __future__ import annotations

import zlib

from tests.watcher.read.bombs.bomb import MIB, Bomb, told
from tests.watcher.read.bombs.books import filled
from tests.watcher.read.office.test_word import letter
from tests.watcher.read.pdf.test_reader import content, inflated, page, plain, raw

DOCUMENT = "word/document.xml"
_W = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = b"<w:document xmlns:w='" + _W + b"'><w:body>"
_PARAGRAPH = b"<w:p><w:r><w:t>Adebayo of Example Street 4400123</w:t></w:r></w:p>"
_SHUT = b"</w:body></w:document>"


def long_letter() -> bytes:
    piece = _PARAGRAPH * (MIB // len(_PARAGRAPH))
    return filled(letter(), {DOCUMENT: [_OPEN, *[piece] * 72, _SHUT]})


def blank_letter() -> bytes:
    return filled(letter(), {DOCUMENT: [_OPEN, *[b" " * MIB] * 72, _SHUT]})


def deep_letter() -> bytes:
    return filled(letter(), {DOCUMENT: [_OPEN, *[b"<w:tbl><w:tr><w:tc>" * 50_000] * 20]})


def laughing_letter() -> bytes:
    said = b"".join(b'<!ENTITY e%d "%b">' % (at, b"&e%d;" % (at - 1) * 10) for at in range(1, 30))
    head = b'<!DOCTYPE a [<!ENTITY e0 "ha">' + said + b"]>"
    return filled(letter(), {DOCUMENT: [head + _OPEN + b"<w:p>&e29;</w:p>" + _SHUT]})


def one_paragraph() -> bytes:
    """A paragraph of 100 MiB in three million runs."""
    piece = b"<w:r><w:t>Adebayo </w:t></w:r>" * 30_000
    return filled(letter(), {DOCUMENT: [_OPEN, b"<w:p>", *[piece] * 120, b"</w:p>", _SHUT]})


def rich() -> bytes:
    return rb"{\rtf1 " + b"Adebayo{" * 5_000_000


def binary_rich() -> bytes:
    """Says that two thousand million bytes follow, over and over."""
    return rb"{\rtf1 Adebayo " + rb"{\pict\bin2147483647 x}" * 500_000 + b"}"


def objects_rich() -> bytes:
    one = (
        rb"{\object\objemb{\*\objdata 01050000020000000800000050617468000000000000000000FFFFFF7F}}"
    )
    return rb"{\rtf1 Adebayo " + one * 200_000 + b"}"


def pages() -> bytes:
    """A tree of twenty thousand places, all the same page of 1 MiB of text."""
    text = b"BT /F1 12 Tf 50 700 Td " + b"(Adebayo of Example Street) Tj T* " * (MIB // 34) + b"ET"
    packed = content(zlib.compress(text, 9), b"/Filter/FlateDecode")
    return raw(plain(b"3 0 R" + b" 6 0 R" * 20_000, o6=page(7), o7=packed))


def one_content() -> bytes:
    """Two thousand pages that all draw the same 1 MiB of letters."""
    text = b"BT /F1 12 Tf 50 700 Td " + b"(Adebayo of Example Street) Tj T* " * (MIB // 34) + b"ET"
    kids = b"".join(b" %d 0 R" % at for at in range(10, 2010))
    packed = content(zlib.compress(text, 9), b"/Filter/FlateDecode")
    return raw(plain(b"3 0 R" + kids, o7=packed) | {at: page(7) for at in range(10, 2010)})


def many_pages() -> bytes:
    """A hundred thousand pages."""
    kids = b"".join(b" %d 0 R" % at for at in range(10, 100_010))
    return raw(plain(b"3 0 R" + kids) | {at: page(4) for at in range(10, 100_010)})


def inflating_pages() -> bytes:
    return raw(plain(b"3 0 R" + b" 6 0 R" * 100, o6=page(7), o7=inflated(60 << 20)))


def filters() -> bytes:
    """A stream packed five times: a few bytes for gigabytes."""
    body = bytes(64 * MIB)
    for _ in range(3):
        body = zlib.compress(body, 9)
    packed = content(body, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")
    return raw(plain(b"3 0 R 6 0 R", o6=page(7), o7=packed))


def object_streams() -> bytes:
    """Streams of objects that say they hold a thousand million, and inflate."""
    body = zlib.compress(b"1 0 " * 1000 + b" " * (64 * MIB), 9)
    said = b"/Type/ObjStm/N 1000000000/First 4000/Filter/FlateDecode"
    return raw(plain(b"3 0 R 6 0 R") | {at: content(body, said) for at in range(10, 60)})


def forms() -> bytes:
    """Ten forms in each form, twelve deep."""
    out = plain(b"3 0 R 6 0 R", o6=page(7).replace(b"/Font", b"/XObject<</X 10 0 R>>/Font"))
    out[7] = content(b"/X Do")
    for at in range(10, 22):
        said = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (
            at + 1
        )
        out[at] = content(b"/X Do " * 10, said)
    out[22] = content(b"BT (Quill) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return raw(out)


def deep_arrays() -> bytes:
    return raw(plain(b"3 0 R", o6=b"[" * 5_000_000))


def deep_dictionaries() -> bytes:
    return raw(plain(b"3 0 R", o6=b"<</A" * 500_000))


def bookmarks() -> bytes:
    return raw(plain(b"3 0 R", o6=b"<</Title(x)/Parent 6 0 R/Next 6 0 R/First 6 0 R>>"))


def table() -> bytes:
    """A table of objects that says it is two thousand million entries long."""
    body = raw(plain(b"3 0 R"))
    at = body.find(b"xref")
    return body[:at] + b"xref\n0 2147483647\n" + body[body.find(b"\n", at + 5) + 1 :]


def no_table() -> bytes:
    """Two hundred thousand objects, and no table of them."""
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n(Adebayo)\nendobj\n" % at for at in range(200_000))


BOMBS = {
    "docx, 72 MiB of spaces": Bomb(name="a.docx", make=blank_letter),
    "docx, 72 MiB": Bomb(name="a.docx", make=long_letter, long=True),
    "docx, deep": Bomb(name="a.docx", make=deep_letter, told=told("broken", "limit")),
    "docx, billion laughs": Bomb(name="a.docx", make=laughing_letter),
    "docx, one paragraph": Bomb(name="a.docx", make=one_paragraph, long=True),
    "rtf, deep": Bomb(name="a.rtf", make=rich),
    "rtf, bytes without end": Bomb(name="a.rtf", make=binary_rich, told=frozenset()),
    "rtf, 200,000 objects": Bomb(name="a.rtf", make=objects_rich),
    "pdf, one page 20,000 times": Bomb(name="a.pdf", make=pages, told=frozenset()),
    "pdf, one content on 2,000 pages": Bomb(name="a.pdf", make=one_content, long=True),
    "pdf, 100,000 pages": Bomb(name="a.pdf", make=many_pages, long=True),
    "pdf, pages that inflate": Bomb(name="a.pdf", make=inflating_pages),
    "pdf, filters on filters": Bomb(name="a.pdf", make=filters),
    "pdf, streams of objects": Bomb(name="a.pdf", make=object_streams, told=frozenset()),
    "pdf, forms in forms": Bomb(name="a.pdf", make=forms, told=told("image only", "limit")),
    "pdf, deep arrays": Bomb(name="a.pdf", make=deep_arrays, told=told("broken")),
    "pdf, deep dictionaries": Bomb(name="a.pdf", make=deep_dictionaries, told=told("broken")),
    "pdf, bookmarks in a circle": Bomb(name="a.pdf", make=bookmarks, told=frozenset()),
    "pdf, a table without end": Bomb(name="a.pdf", make=table, told=frozenset()),
    "pdf, 200,000 objects": Bomb(
        name="a.pdf", make=no_table, told=told("broken", "limit"), long=True
    ),
}
