from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import walked
from watcher.model import Part
from watcher.read.mail.calendar import is_calendar, unfolded

EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
    'ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Siobhán O\'Ne\r\n ill":mailto:siobhan.one\r\n\till@q.example\r\n'
    "SUMMARY:Briefing\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_folded_lines_are_joined() -> None:
    """A name that is folded in its middle is a name again (RFC 5545 §3.1)."""
    (item,) = walked(EVENT.encode())
    assert isinstance(item, Part)
    assert 'CN="Siobhán O\'Neill":mailto:siobhan.oneill@q.example\r\n' in item.text
    assert item.text.endswith("END:VCALENDAR\r\n")


def test_what_is_a_calendar() -> None:
    """Its first line says so."""
    assert is_calendar(EVENT.encode())
    assert is_calendar(b"\xef\xbb\xbfbegin:vcalendar\n")
    assert not is_calendar(b"BEGIN:VCARD\r\n")
    assert not is_calendar(b"they write BEGIN:VCALENDAR\r\n")


@given(st.text("ab\r\n \t", max_size=40), st.integers(1, 5))
def test_pieces_make_no_difference(text: str, step: int) -> None:
    """A fold may be torn by the pieces that a text comes in."""
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    assert "".join(unfolded(iter(pieces))) == "".join(unfolded(iter([text])))
