"""LDIF."""

from __future__ import annotations

from matchers.people.forms import tables
from tests.matchers.people.forms.shown import numbers, one, read
from watcher.api import Part

ENTRIES = """version: 1

dn: CN=QUIGLEY\\, Bob,OU=Staff,DC=example
objectClass: person
sn: Quigley
givenName:: U2nDom4=
displayName: QUIGLEY, Bob (Roads Policing
 )
mail: b.quigley@example.police.uk
proxyAddresses: one
proxyAddresses: two

dn: CN=2
sn: Inskip
givenName: Una
jpegPhoto:: //79/A==
"""


def test_an_entry_is_a_row() -> None:
    """Folded lines are joined, base64 is read, what has several values has them in one cell."""
    (table,), _ = read(ENTRIES)
    assert table == [
        ["dn", "surname", "givenName", "displayName", "mail", "proxyAddresses", "jpegPhoto"],
        ["CN=QUIGLEY\\, Bob,OU=Staff,DC=example", "Quigley", "Siân", "QUIGLEY, Bob (Roads Policing)",
         "b.quigley@example.police.uk", "one ; two", ""],
        ["CN=2", "Inskip", "Una", "", "", "", "…"],
    ]  # fmt: skip


def test_windows_line_ends_change_nothing() -> None:
    """LDIF comes from ldifde, which writes them."""
    assert read(ENTRIES.replace("\n", "\r\n"))[0] == read(ENTRIES)[0]


def test_an_entry_that_the_next_window_has_whole_is_left_to_it() -> None:
    """It would be half a row here."""
    text = ENTRIES + "\ndn: CN=3\nsn: Abern"
    (table,), _ = tables(Part(where="", text=text, repeated=40))
    assert numbers(table) == [3, 3, 13]
    assert len(one(text[text.index("dn:") :])) == 4


def test_entries_of_no_people_are_left_alone() -> None:
    """A printer has no surname."""
    text = "dn: CN=p\nprinterName: x\nlocation: here\n\ndn: CN=q\nserverName: y\nport: 9\n"
    assert read(text)[0] == []
