from __future__ import annotations

import base64
import binascii
import gzip
import json
import random
import re
import string
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import (
    BOUNDS,
    archive,
    bounds,
    capture,
    gathered,
    parts,
    unread,
    walked,
    workbook,
)
from watcher.config.settings import Read
from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.coded import armour
from watcher.read.stream import Item, Member
from watcher.read.text import windows
from watcher.read.workers.pool import Readers

LIST = "".join(f"Adebayo,{at},PC\n" for at in range(100)).encode()


def wrapped(letters: str, width: int, joint: str = "\n") -> str:
    return joint.join(letters[at : at + width] for at in range(0, len(letters), width))


def uuencoded(data: bytes) -> str:
    rows = (binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, len(data), 45))
    return "begin 644 list.csv\n" + "".join(rows) + "`\nend"


WAYS: dict[str, Callable[[bytes], str]] = {
    "base64": lambda data: base64.b64encode(data).decode(),
    "base64, unpadded": lambda data: base64.b64encode(data).decode().rstrip("="),
    "base64, narrow": lambda data: wrapped(base64.b64encode(data).decode(), 20),
    "base64, mail": lambda data: wrapped(base64.b64encode(data).decode(), 76, "\r\n"),
    "base64, quoted": lambda data: "> " + wrapped(base64.b64encode(data).decode(), 60, "\n> "),
    "base64, url-safe": lambda data: base64.urlsafe_b64encode(data).decode(),
    "base64, JSON": lambda data: json.dumps({"f": base64.b64encode(data).decode()}),
    "base64, JSON of PHP": lambda data: json.dumps({"f": base64.encodebytes(data).decode()}).replace("/", "\\/"),
    "base64, URI": lambda data: f"<a href='data:text/csv;base64,{base64.b64encode(data).decode()}'>",
    "base64, armour": lambda data: f"-----BEGIN X-----\n\n{wrapped(base64.b64encode(data).decode(), 64)}\n-----END X-----",
    "base32": lambda data: base64.b32encode(data).decode(),
    "hexadecimal": lambda data: data.hex(),
    "hexadecimal, wrapped": lambda data: wrapped(data.hex(), 64),
    "hexadecimal, pairs": lambda data: data.hex(" "),
    "hexadecimal, colons": lambda data: data.hex(":").upper(),
    "hexadecimal, C": lambda data: "{" + ", ".join(f"0x{each:02x}" for each in data) + "}",
    "hexadecimal, escapes": lambda data: '"' + "".join(f"\\x{each:02x}" for each in data) + '"',
    "uuencode": uuencoded,
    "ascii85": lambda data: base64.a85encode(data, adobe=True).decode(),
    "gzip": lambda data: base64.b64encode(gzip.compress(data, mtime=0)).decode(),
    "zlib": lambda data: base64.b64encode(zlib.compress(data)).decode(),
    "deflate": lambda data: base64.b64encode(zlib.compress(data)[2:-4]).decode(),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_list_in_other_clothes_is_read(way: str) -> None:
    """By its address, and the text around it stays as it was; the service notices it as well."""
    text = f"hello, here it is\n\n{WAYS[way](LIST)}\nthat was it\n"
    items = walked(text.encode())
    assert unread(items) == []
    found = parts(items)
    assert found[""].text == text
    (address,) = (each for each in found if each)
    assert re.fullmatch(r"(base64|base32|hexadecimal|uuencode|ascii85) at line [35]", address)
    assert found[address].text.count("Adebayo") == 100
    assert armour.promising(found[""])


@pytest.mark.parametrize("within", ["base64", "hexadecimal, wrapped", "base32", "zlib"])
@pytest.mark.parametrize("way", WAYS)
def test_they_stand_inside_one_another(way: str, within: str) -> None:
    """As deep as documents may be."""
    items = walked(WAYS[within](WAYS[way](LIST).encode() + b"\n").encode())
    assert unread(items) == []
    assert any(
        "Adebayo" in part.text and where.count("!/") >= 1 for where, part in parts(items).items()
    )


def taken(text: str, size: int) -> Iterator[tuple[str, bytes]]:
    """The members of a text that comes in windows of this size, as the dispatcher would see them."""

    def made() -> Iterator[Item]:
        for at in range(0, len(text), size):
            line = text.count("\n", 0, at) + 1
            yield Part(where="", text=text[at : at + size], first=line)

    for item in armour.opened(made(), Budget(BOUNDS)):
        if isinstance(item, Member) and not item.echo:
            data = b"".join(item.stream.chunks())
            yield item.name, gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


# A short text deflated without a header has no sign by which it could be told from a key.
SAFE = [way for way in WAYS if way not in ("base64, URI", "base64, armour", "deflate")]


@example("0" * 139, ("hexadecimal, C", "hexadecimal, C"), [], 7)
@settings(deadline=None, max_examples=150)
@given(
    text=st.text(string.ascii_letters + string.digits + " \n", min_size=40, max_size=900),
    ways=st.tuples(st.sampled_from(SAFE), st.sampled_from(SAFE)),
    before=st.lists(st.sampled_from(["a word or two", "", "PC 44, Quill"]), max_size=5),
    size=st.integers(7, 4000),
)
def test_whatever_is_written_so_comes_back(
    text: str, ways: tuple[str, str], before: list[str], size: int
) -> None:
    """Twice nested, cut anywhere, among any lines; and nothing else is found."""
    data = ("Adebayo, Quill of Force HQ: " + text).encode()
    inner = WAYS[ways[0]](data) + "\n"
    body = "\n".join((*before, WAYS[ways[1]](inner.encode()), "so it was, said he", ""))
    ((name, found),) = taken(body, size)
    assert found == inner.encode()
    assert name.endswith(f" at line {len(before) + 1}")
    ((_, found),) = taken(found.decode(), size)
    assert found == data


@settings(deadline=None)
@given(body=st.one_of(st.text(max_size=300), st.text("AZaz09+/=\n -_\\x<~>:", max_size=400)))
def test_any_text_is_read(body: str) -> None:
    """Whatever it holds, the text itself is there as it was, and no exception."""
    made = [
        each for each in armour.opened(windows([body]), Budget(BOUNDS)) if isinstance(each, Part)
    ]
    assert "".join(each.text for each in made) == body


def test_a_workbook_in_json_is_a_workbook() -> None:
    """Hidden sheets and all; so is an archive, and a list in a cell of a table."""
    text = json.dumps({"name": "x", "data": base64.b64encode(workbook()).decode()})
    assert "Adebayo" in parts(walked(text.encode()))["base64 at line 1!/Staff"].text
    packed = base64.b64encode(archive([("a.csv", LIST)])).decode()
    rows = "".join(f"{at},x,{packed if at == 5 else ''}\n" for at in range(9)).encode()
    assert "Adebayo" in parts(walked(rows))["base64 at row 6!/a.csv"].text


def test_each_has_an_address_of_its_own() -> None:
    """Several in a line are numbered."""
    lists = [
        base64.b64encode(b"Adebayo, %d, Force HQ, Control Room" % at).decode() for at in range(3)
    ]
    found = parts(walked(json.dumps(lists).encode()))
    assert [*found] == ["", "base64 at line 1", "base64 at line 1 (2)", "base64 at line 1 (3)"]


def test_many_short_ones_come_together() -> None:
    """A line of base64 for each record: five hundred are told apart, the others are read as well."""
    rows = "".join(
        base64.b64encode(b"Adebayo,%d,Force HQ,Control Room" % at).decode() + " x\n"
        for at in range(20_000)
    )
    items = walked(rows.encode())
    assert unread(items) == []
    assert sum(item.text.count("Adebayo") for item in items if isinstance(item, Part)) == 20_000
    assert len(items) < 700


def test_beyond_the_limit_of_members_the_text_is_read_on() -> None:
    """What is not opened is told once."""
    made = base64.b64encode(LIST).decode()
    items = walked(f"{made} \n{made} \n{made} \nthe end".encode(), limits=bounds(members=2))
    assert unread(items) == [("base64 at line 3", "limit")]
    assert parts(items)[""].text.endswith("the end")


@pytest.mark.parametrize(
    "way", ["base64", "base64, mail", "hexadecimal", "hexadecimal, pairs", "uuencode"]
)
def test_a_long_run_is_never_held(way: str) -> None:
    """Many windows of it become one member; what follows is at its line."""
    data = b"".join(b"Adebayo,%d,PC\n" % at for at in range(150_000))
    text = "hello\n" + WAYS[way](data) + "\nthe end, said Quill\n"
    items = walked(text.encode())
    assert unread(items) == []
    kept = [item for item in items if isinstance(item, Part) and not item.where]
    assert kept[-1].text.endswith("the end, said Quill\n")
    assert kept[-1].first + kept[-1].text.count("\n") == text.count("\n") + 1
    assert len(kept) <= 3
    inside = [item for item in items if isinstance(item, Part) and item.where]
    assert {item.where for item in inside} == {inside[0].where}
    assert sum(item.text.count("Adebayo") for item in inside) == 150_000


def test_a_dump_that_says_it_is_endless_is_a_bomb() -> None:
    """A row repeated for terabytes: a limit, and the rest of the same archive is read."""
    row = (
        "00000000  " + b"Adebayo,".hex(" ") + "  " + b"Quill,PC".hex(" ") + "  |Adebayo,Quill,PC|\n"
    )
    second = row.replace("00000000", "00000010").replace("62 61", "61 62")
    bomb = (row + second + "*\n7ffffffffff0\n").encode()
    items = walked(archive([("bomb.txt", bomb), ("after.txt", b"Quill was here, and others\n")]))
    assert unread(items) == [("bomb.txt!/hexadecimal at line 1", "limit")]
    assert "Quill" in parts(items)["after.txt"].text


@pytest.mark.parametrize(
    "text",
    [
        "From: the chief\nTo: all\n\nA mail without attachments.\n",
        'def f():\n    """Content-Transfer-Encoding: base64"""\n    return "QUJD"\n',
        "da39a3ee5e6b4b0d3255bfef95601890afd80709\n" * 30,
        "Adebayo Quill Siân\n" * 100,
        "-----BEGIN KEY-----\n" + base64.encodebytes(random.Random(1).randbytes(900)).decode() + "-----END KEY-----\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "Kq7vX2bR9tLp0WmZs4YhDf8eGcUaJn3xQ6oTi1kVyBw ann@x\n",
        "GATTACA" * 300,
        "<~~~~~~ look ~~~~~>\n" * 5,
        "!" + "aB3" * 300_000,
        "word\n" * 9_000,
    ],
)  # fmt: skip
def test_what_is_none_is_left_alone(text: str) -> None:
    """Prose, sources, hashes, keys: no member, nothing unread."""
    items = walked(text.encode())
    assert {item.where for item in items} == {""}
    assert unread(items) == []


def test_a_picture_in_a_page_is_no_unread_part() -> None:
    """Neither is a font."""
    font = base64.b64encode(random.Random(2).randbytes(300)).decode()
    page = f"<html><img src='data:image/png;base64,iVBORw0KGgo='><style>url(data:font/woff2;base64,{font})"
    assert unread(walked(page.encode())) == []


def test_the_parts_of_a_mail_are_read() -> None:
    """A list attached to a message that stands in a text."""
    made = EmailMessage()
    made["From"], made["Subject"] = "a@b.example", "list"
    made.set_content("see below")
    made.add_attachment(LIST, maintype="text", subtype="csv", filename="list.csv")
    text = "They sent me this:\n\n" + made.as_string()
    assert any("Adebayo" in part.text for part in parts(walked(text.encode())).values())


async def test_the_service_hands_on_what_it_does_not_open() -> None:
    """Its own text once, from the service; the workbook inside from a worker; nothing for a hash."""
    text = "hello\n" * 300_000 + json.dumps({"f": base64.b64encode(workbook()).decode()})
    async with Readers(Read(workers=1)) as readers:
        items = await gathered(readers.read(capture(text.encode())))
        plain = await gathered(
            readers.read(capture(b"da39a3ee5e6b4b0d3255bfef95601890afd80709\n" * 9))
        )
    assert unread(items) == unread(plain) == []
    assert "Adebayo" in parts(items)["base64 at line 300001!/Staff"].text
    shown = [item for item in items if isinstance(item, Part) and not item.where]
    assert "".join(item.text[item.overlap :] for item in shown) == text
    assert {item.where for item in plain} == {""}
