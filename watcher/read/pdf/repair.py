"""
A PDF whose table of objects or trailer is lost: a new one from the objects that stand in it.

What is cut off in the middle (a body beyond the limit of a source) has its
first pages whole all the same.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})[ \t\r\n]{1,4}(\d{1,5})[ \t\r\n]{1,4}obj\b")
_CATALOG = re.compile(rb"/Type\s{0,4}/Catalog\b")
_PAGES = re.compile(rb"/Type\s{0,4}/Pages\b")
_PAGE = re.compile(rb"/Type\s{0,4}/Page\b(?!s)")
_TRAILED = re.compile(rb"/(Encrypt|ID|Info)\s{0,4}(\d{1,9}\s\d{1,5}\sR|\[[^\]]{0,300}\])")
_PACK = re.compile(rb"/Type\s{0,4}/ObjStm\b")
_FIRST = re.compile(rb"/First\s{1,4}(\d{1,9})")
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_PACKED = 64 << 20  # bytes of streams of objects
OBJECTS = 500_000
_NEAR = 1 << 12  # bytes in which a dictionary says its type


def mended(body: bytes) -> bytes:
    """
    The same file with a table, a catalog and a tree of all pages at its end.

    Objects in streams of objects (7.5.7) are written out first, those that
    stand nowhere else; not of an encrypted file, whose streams say nothing.
    """
    body += _unpacked(body)
    places: dict[int, tuple[int, int]] = {}
    catalog = pages = 0
    kids: list[int] = []
    found = _OBJECT.search(body)
    while found and len(places) < OBJECTS:
        number = int(found[1])
        places[number] = (found.start(), int(found[2]))
        following = _OBJECT.search(body, found.end())
        end = min(following.start() if following else len(body), found.end() + _NEAR)
        if _CATALOG.search(body, found.end(), end):
            catalog = number
        elif _PAGES.search(body, found.end(), end):
            pages = pages or number
        elif _PAGE.search(body, found.end(), end) and number not in kids[-1:]:
            kids.append(number)
        found = following
    if not places:
        return body
    tail = b"\n"
    top = max(places, default=0) + 1
    if not catalog or not pages:
        # The tree stands at the end of most files: a new one of the pages that are left.
        listed = b" ".join(b"%d 0 R" % each for each in kids if places[each][1] == 0)
        tree, root = top, top + 1
        places[tree] = (len(body) + len(tail), 0)
        tail += b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%b]>>\nendobj\n" % (tree, len(kids), listed)
        places[root] = (len(body) + len(tail), 0)
        tail += b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, tree)
        catalog, top = root, top + 2
    start = len(body) + len(tail)
    table = [b"xref\n"]
    for number, (place, generation) in sorted(places.items()):
        table.append(b"%d 1\n%010d %05d n \n" % (number, place, generation))
    told = b"".join(b"/%b %b" % (each[1], each[2]) for each in _trailed(body))
    trailer = b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
    return body + tail + b"".join(table) + trailer % (top, catalog, told, start)


def _unpacked(body: bytes) -> bytes:
    """The objects in streams of objects, each as it would stand by itself."""
    if b"/ObjStm" not in body or b"/Encrypt" in body:
        return b""
    plain = {int(found[1]) for found in _OBJECT.finditer(body)}
    packed: dict[int, bytes] = {}  # the last one of a number is the one that holds
    room = _PACKED
    for found in _STREAM.finditer(body):
        said = body[
            max(found.start() - _NEAR, body.rfind(b"obj", 0, found.start())) : found.start()
        ]
        first = _FIRST.search(said)
        if not _PACK.search(said) or not first or room <= 0:
            continue
        unfold = zlib.decompressobj()
        try:
            data = unfold.decompress(body[found.end() : found.end() + room], room)
        except zlib.error:
            continue
        room -= len(data)
        head = data[: int(first[1])].split()
        places = [int(each) for each in head if each.isdigit() and len(each) < 10]
        pairs = [*zip(places[::2], places[1::2], strict=False)]
        ends = [at for _, at in pairs[1:]] + [len(data)]
        for (number, at), end in zip(pairs, ends, strict=True):
            packed[number] = data[int(first[1]) + at : int(first[1]) + end]
    written = (
        b"\n%d 0 obj\n%b\nendobj" % (number, each)
        for number, each in packed.items()
        if number not in plain
    )
    return b"".join(written)


def _trailed(body: bytes) -> list[re.Match[bytes]]:
    """What a lost trailer, or one that is no longer pointed to, says of encryption."""
    found: dict[bytes, re.Match[bytes]] = {}
    for each in _TRAILED.finditer(body):
        found[each[1]] = each
        if len(found) == 3:
            break
    return list(found.values())
