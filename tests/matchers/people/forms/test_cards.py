"""vCard."""

from __future__ import annotations

from tests.matchers.people.forms.shown import one

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Quigley;Si=C3=A2n;Ottilie;;QPM
FN:QUIGLEY, Bob (Roads)
ORG:Northshire Police;Roads Policing
TITLE:Sergeant
TEL;WORK;VOICE:555 0101
TEL;CELL:555 0102
ADR;HOME:;;1 High Street;Eskmouth;;ES1 2AB;UK
NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=
two
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
item1.EMAIL;TYPE=work:u.inskip
 @example.police.uk
N:Inskip;Una;;;
FN:Una Inskip\\, constable
BDAY:19800102
END:VCARD
"""
HEAD = ["surname", "forename", "middle names", "title", "honours", "full name", "department",
        "job title", "email", "phone"]  # fmt: skip


def test_a_card_is_a_row_in_every_version() -> None:
    """Names in columns of their own; folded, quoted and escaped text as it was meant."""
    head, first, second = one(OLD + NEW)
    assert head == [*HEAD, "postcode", "address", "note", "date of birth"]
    assert first == [
        "Quigley", "Siân", "Ottilie", "", "QPM", "QUIGLEY, Bob (Roads)",
        "Northshire Police ; Roads Policing", "Sergeant", "", "555 0101 ; 555 0102", "ES1 2AB",
        "1 High Street, Eskmouth, ES1 2AB, UK", "one  two", "",
    ]  # fmt: skip
    assert second[:6] == ["Inskip", "Una", "", "", "", "Una Inskip, constable"]
    assert second[8] == "u.inskip@example.police.uk"
    assert second[-1] == "19800102"


def test_cards_that_are_not_closed_end_where_the_next_begins() -> None:
    """And the last one at the end of the text; Windows line ends or not."""
    text = (OLD + NEW).replace("END:VCARD\n", "").replace("\n", "\r\n")
    assert one(text) == one(OLD + NEW)
