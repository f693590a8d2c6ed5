from __future__ import annotations

from aspose.email_foss import msg
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, bounds, parts, rows, unread, walked, workbook
from watcher.model import Part, Unread


def made(depth: int = 1) -> msg.MapiMessage:
    """A message of another library's making: people, files, a message in the message."""
    message = msg.MapiMessage.create("Líst of Adebayo", "see below, Siân 4400123")
    message.set_property(msg.PropertyId.SENDER_NAME, "PC Morgan")
    message.body_html = "PC <b>Qu</b>ill"
    message.add_recipient("siobhan@q.example", display_name="Siobhan O'Neill")
    message.add_attachment("list.csv", b"Ffion,1\nQuill,2\n", mime_type="text/csv")
    message.add_attachment("4400123_Lloyd.xlsx", workbook())
    if depth:
        message.add_embedded_message_attachment(made(depth - 1), filename="inner")
    return message


BODY = bytes(made().to_bytes())


def test_a_message_its_people_and_its_files_are_read() -> None:
    """And so is the message that is attached to it."""
    items = walked(archive([("m.msg", BODY)]))
    found = parts(items)
    assert unread(items) == []
    text = found["m.msg!/properties"].text
    assert "Subject: Líst of Adebayo\n" in text
    assert "From: PC Morgan\n" in text
    assert found["m.msg!/recipients"].text.startswith("Siobhan O'Neill\tsiobhan@q.example")
    assert "4400123 Lloyd\txlsx\n" in found["m.msg!/names of attachments"].text
    assert found["m.msg!/text"].text == "see below, Siân 4400123"
    assert "PC Quill" in found["m.msg!/html"].text
    assert rows(found["m.msg!/list.csv"])[0] == ["Ffion", "1"]
    assert found["m.msg!/4400123_Lloyd.xlsx!/List (hidden)"].hidden
    inner = [where for where in found if where.startswith("m.msg!/inner") and "list.csv" in where]
    assert len(inner) == 1


def test_messages_in_messages_are_bounded() -> None:
    """What is deeper than the limit is told."""
    items = walked(bytes(made(3).to_bytes()), limits=bounds(depth=2))
    assert [why for where, why in unread(items) if where.count("inner") == 2] == ["limit"]
    assert "text" in parts(items)


def test_files_beyond_the_limit_are_told() -> None:
    """The text of the message is read."""
    items = walked(BODY, limits=bounds(members=1))
    assert "limit" in [why for _, why in unread(items)]
    assert parts(items)["text"].text.startswith("see below")


def test_a_torn_message_is_broken() -> None:
    """Never silence, and never an exception; what else is in the archive is read."""
    for size in (600, 2000, len(BODY) // 2):
        items = walked(archive([("m.msg", BODY[:size]), ("b.txt", b"Quill")]))
        assert unread(items)
        assert parts(items)["b.txt"].text == "Quill"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BODY)), st.binary(max_size=60))
def test_whatever_comes_in_is_read_or_told(at: int, junk: bytes) -> None:
    """No damage makes it raise."""
    items = walked(BODY[:at] + junk + BODY[at + len(junk) :], limits=bounds(max_bytes=64 << 20))
    assert all(isinstance(each, Part | Unread) for each in items)
