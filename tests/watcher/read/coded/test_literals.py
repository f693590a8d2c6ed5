from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import parts, unread, walked
from watcher.read.coded.literals import lines, plain

ROWS = [("Adebayo", "4400123"), ("O'Quill", "4400124"), ("Carew", "4400125")]
WAYS = {
    "0x": lambda each: "0x" + each.encode().hex(),
    "X''": lambda each: f"X'{each.encode().hex()}'",
    "CHAR": lambda each: f"CHAR({', '.join(str(ord(sign)) for sign in each)})",
    "CHR": lambda each: "||".join(f"CHR({ord(sign)})" for sign in each),
}


@pytest.mark.parametrize("way", WAYS)
def test_values_of_a_dump_are_decoded(way: str) -> None:
    """A second reading of its lines, in which they are the strings that they were."""
    body = "".join(
        f"INSERT INTO staff VALUES ({', '.join(map(WAYS[way], row))});\n" for row in ROWS
    )
    items = walked(body.encode())
    found = parts(items)["values decoded at line 1"]
    assert "('Adebayo', '4400123')" in found.text
    assert "('O''Quill', '4400124')" in found.text
    assert found.echo
    assert unread(items) == []


def test_escapes_of_programs_are_decoded() -> None:
    r"""`\x41`, `\u0041` and octal, in the strings of any language."""
    for form in (r"\x{:02x}", r"\u{:04x}", r"\{:03o}"):
        veiled = ["".join(form.format(ord(sign)) for sign in each) for row in ROWS for each in row]
        text = "".join(f'name = "{each}"\n' for each in veiled)
        place = lines(text)
        assert place == (0, len(text))
        assert b'"Adebayo"\nname = "4400123"' in plain(text)


def test_what_forms_sent_is_decoded() -> None:
    """Objects and lines in the addresses and bodies of requests."""
    body = "".join(
        f"POST /staff data={quote(json.dumps({'surname': one, 'number': two}))}\n"
        for one, two in ROWS
    )
    found = parts(walked(body.encode()))["values decoded at line 1"]
    assert '{"surname": "Adebayo", "number": "4400123"}' in found.text
    assert lines("see https://site.example/a%20b%2Bc?x=%C3%A9\n" * 9) is None


def test_only_the_lines_with_values_are_read_again() -> None:
    """From the first to the last of them."""
    body = "first\n0x41646562\n0x51756c6c, 0x43617265\nlast\n"
    place = lines(body)
    assert place is not None
    assert body[slice(*place)] == "0x41646562\n0x51756c6c, 0x43617265\n"


def test_numbers_that_say_nothing_are_left() -> None:
    """Addresses, colours, single bytes: none is text."""
    for body in (
        "0x00400520 0x7fffd3a1 0xdeadbeef 0xffffffff\n",
        "0x41, 0x42, 0x43, 0x44\n",
        "#ffcc00 4a6f6e65 0x4a6f\n",
    ):
        assert lines(body) is None


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    """What is found are whole lines, and reading them fails for none."""
    if place := lines(text):
        assert plain(text[slice(*place)])
