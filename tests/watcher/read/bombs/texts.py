"""Texts that are one line, one bracket, one tag or one entity, and other bytes dressed as text."""

from __future__ import annotations

import base64
import gzip
import random
import zlib

from backports import zstd

from tests.watcher.read.bombs.bomb import LINE, MIB, Bomb, told

GIB = 1 << 10  # MiB
_WORDS = [b"Adebayo", b"Quill", b"4400123", b"of", b"Example", b"Street", b"seen", b"at", b"the"]


def words(size: int) -> bytes:
    """So many bytes of words without a line's end, that pack to a tenth."""
    dice = random.Random(1)
    return b" ".join(dice.choices(_WORDS, k=size // 4))[:size]


def line(size: int = GIB) -> bytes:
    """So many MiB in one line, as members of gzip: packed to a hundredth, which is within the ratio."""
    return gzip.compress(words(16 << 10) * 256, 9) * (size // 4)


def laughs(levels: int = 30) -> bytes:
    """Entities of ten entities each ("billion laughs")."""
    said = '<!ENTITY e0 "Adebayo ">'
    said += "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE x [{said}]><x><a>&e{levels - 1};</a></x>'.encode()


def blowup() -> bytes:
    """One long entity many times ("quadratic blowup")."""
    long = "Adebayo " * 50_000
    return f'<!DOCTYPE x [<!ENTITY a "{long}">]><x><b>{"&a;" * 50_000}</b></x>'.encode()


def deep_xml() -> bytes:
    return b"<?xml version='1.0'?><x>" + b"<a>" * 2_000_000 + b"</a>"


def attributes() -> bytes:
    return b"<?xml version='1.0'?><x " + b" ".join(b"a%d='1'" % at for at in range(500_000)) + b"/>"


def deep_html(number: int = 100_000) -> bytes:
    return b"<html>" + b"<div>" * number + b"Adebayo"


def html_attributes() -> bytes:
    return b"<html><p " + b" ".join(b"a%d=1" % at for at in range(300_000)) + b">Adebayo"


def html_comments() -> bytes:
    return b"<html>" + b"<!--" * 1_000_000


def html_formats() -> bytes:
    return b"<html>" + b"<b><i><a><font>" * 30_000 + b"Adebayo"


def html_tables() -> bytes:
    return b"<html>" + b"<table><tr><td>" * 30_000 + b"Adebayo"


def html_cells() -> bytes:
    """Cells that say they are thousands."""
    return b"<table>" + b"<tr><td colspan=65535 rowspan=65535>Adebayo" * 20_000


def deep_json() -> bytes:
    return b'{"a":' * 5_000_000 + b'"Adebayo"'


def wide_table() -> bytes:
    """A header of a million columns, and ten thousand rows."""
    head = b",".join(b"surname%d" % at for at in range(1_000_000))
    return head + b"\n" + b"Adebayo,1\n" * 10_000


def unclosed() -> bytes:
    """A quote that is never closed."""
    return b"name,no\nAdebayo,1\nQuill,2\n" + b'"' + b"Adebayo,1\n" * 2_000_000


def separators() -> bytes:
    return b"a,b\n" + b"," * (40 * MIB)


def base64s(times: int = 20) -> bytes:
    """Base64 in base64 in base64."""
    body = LINE * 20
    for _ in range(times):
        body = base64.b64encode(body)
    return body


def packed_base64() -> bytes:
    """A gigabyte in gzip in base64 in JSON."""
    body = base64.b64encode(gzip.compress(LINE * (16 * MIB // len(LINE))) * 64)
    return b'{"name": "Adebayo", "file": "' + body + b'"}\n'


def runs() -> bytes:
    """Twenty thousand short runs of base64."""
    one = base64.b64encode(b"PC Adebayo 4400123 of Example Street")
    return b"".join(b"%d: %b\n" % (at, one) for at in range(20_000))


def hexed() -> bytes:
    body = zlib.compress(LINE * (96 * MIB // len(LINE)))
    return b"data: " + body.hex().encode() + b"\n"


def yenced() -> bytes:
    """Says that it is an exabyte."""
    return b"=ybegin line=128 size=%d name=a\n" % (1 << 60) + b"+" * MIB + b"\n=yend size=1\n"


def almost() -> bytes:
    """Four megabytes of what begins like a run and is none."""
    return b"data:;base64,!%3D&#x41;=?u?q?=E9\\x4" * 100_000


BOMBS = {
    "a line of 1 GB": Bomb(name="a.txt.gz", make=line, told=frozenset()),
    "a line of 1 GB, as an encoding": Bomb(name="a", make=line, told=frozenset(), encoding="gzip"),
    "a line of 3 GB": Bomb(name="a.txt.gz", make=lambda: line(3 * GIB), long=True),
    "a line of 1 GB in zstd": Bomb(
        name="a.zst", make=lambda: zstd.compress(words(8 * MIB), 1) * (GIB // 8), told=frozenset()
    ),
    "billion laughs": Bomb(name="a.xml", make=laughs),
    "quadratic blowup": Bomb(name="a.xml", make=blowup),
    "deep XML": Bomb(name="a.xml", make=deep_xml, told=frozenset()),
    "XML of attributes": Bomb(name="a.xml", make=attributes, told=frozenset()),
    "deep HTML": Bomb(name="a.html", make=deep_html, told=frozenset()),
    "deep HTML, a million": Bomb(
        name="a.html", make=lambda: deep_html(1_000_000), told=frozenset(), long=True
    ),
    "HTML of attributes": Bomb(name="a.html", make=html_attributes, told=frozenset()),
    "HTML of comments": Bomb(name="a.html", make=html_comments, told=frozenset()),
    "HTML of formats": Bomb(name="a.html", make=html_formats, told=frozenset()),
    "HTML of tables": Bomb(name="a.html", make=html_tables, told=frozenset()),
    "HTML of wide cells": Bomb(name="a.html", make=html_cells, told=frozenset()),
    "deep JSON": Bomb(name="a.json", make=deep_json, told=frozenset()),
    "deep arrays": Bomb(name="a.json", make=lambda: b"[" * 10_000_000, told=frozenset()),
    "a million columns": Bomb(name="a.csv", make=wide_table, told=frozenset()),
    "a quote without end": Bomb(name="a.csv", make=unclosed, told=frozenset()),
    "a row of separators": Bomb(name="a.csv", make=separators, told=frozenset()),
    "base64, 20 deep": Bomb(name="a.txt", make=base64s),
    "gzip in base64 in JSON": Bomb(name="a.json", make=packed_base64),
    "runs of base64": Bomb(name="a.txt", make=runs, told=frozenset()),
    "zlib in hexadecimal": Bomb(name="a.txt", make=hexed),
    "yEnc without end": Bomb(name="a.ync", make=yenced, told=told("broken", "limit")),
    "almost encoded": Bomb(name="a.txt", make=almost, told=frozenset()),
}
