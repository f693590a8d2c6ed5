from __future__ import annotations

import compressed_rtf
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, bounds
from watcher.model import Part, Unread
from watcher.read.budget import Budget
from watcher.read.mail.mapi import BINARY, STRING8, UNICODE, Thing, text, told
from watcher.read.stream import Item, Member


def said(items: list[Item]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items:
        if isinstance(item, Part):
            found[item.where] = item.text
        elif isinstance(item, Member):
            found[item.name] = b"".join(item.stream.chunks()).decode("utf-8", "replace")
    return found


def test_strings_in_both_forms() -> None:
    """Unicode, and bytes of the code page that the message names."""
    assert text("Siân\0".encode("utf-16-le"), UNICODE) == "Siân"
    assert text("Siân\0".encode("cp1252"), STRING8) == "Siân"
    assert text("Łuczak".encode("cp1250"), STRING8, 1250) == "Łuczak"


def test_a_message_is_lines_and_members() -> None:
    """Properties, people, names, bodies and files; files of one name are told apart."""
    message = Thing()
    message.take(0x0037, UNICODE, "A list".encode("utf-16-le"))
    message.take(0x8123, STRING8, b"of Morgan")
    message.take(0x0FFF, BINARY, b"\0\1/O=FORCE/CN=ffion.quill\0\2")
    message.take(0x1000, STRING8, "Siân".encode("cp1252"))
    message.take(0x1013, BINARY, b"PC <b>Qu</b>ill")
    message.take(0x1009, BINARY, compressed_rtf.compress(b"{\\rtf1 Adebayo}"))
    person = Thing()
    person.take(0x3001, STRING8, b"Siobhan")
    person.take(0x39FE, STRING8, b"s@q.example")
    files = [Thing(), Thing()]
    for each in files:
        each.take(0x3707, STRING8, b"4400123_Lloyd.txt")
        each.take(0x3701, BINARY, b"content")
    found = said(list(told(message, [person], files, "base", Budget(BOUNDS))))
    assert found == {
        "base!/properties": "Subject: A list\nof Morgan\n/O=FORCE/CN=ffion.quill\n",
        "base!/recipients": "Siobhan\ts@q.example\n",
        "base!/names of attachments": "4400123 Lloyd\ttxt\n4400123 Lloyd\ttxt\n",
        "base!/text": "Siân",
        "base!/html": "<!DOCTYPE html>\nPC <b>Qu</b>ill",
        "base!/rtf": "{\\rtf1 Adebayo}",
        "base!/4400123_Lloyd.txt": "content",
        "base!/4400123_Lloyd.txt 2": "content",
    }


def test_a_broken_body_is_told_and_files_beyond_the_limit_too() -> None:
    """And the others are given."""
    message = Thing()
    message.take(0x1009, BINARY, b"no rtf")
    message.take(0x1000, STRING8, b"body")
    files = [Thing(data=b"1"), Thing(data=b"2")]
    items = list(told(message, [], files, "", Budget(bounds(members=1))))
    told_ = [(item.where, item.why.value) for item in items if isinstance(item, Unread)]
    assert told_ == [("rtf", "broken"), ("attachment 2", "limit")]
    assert {"text", "attachment 1"} <= set(said(items))


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.binary(max_size=60))
def test_whatever_comes_in_is_taken(number: int, form: int, data: bytes) -> None:
    """No value of any property makes it raise."""
    thing = Thing()
    thing.take(number, form, data)
    list(told(thing, [thing], [thing], "", Budget(BOUNDS)))
