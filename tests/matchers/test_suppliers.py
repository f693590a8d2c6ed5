"""Names of suppliers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.suppliers import LISTING, Suppliers
from watcher.api import CELL, ROW, Family, Part, Sign, Tally, Watch

READER = Suppliers(
    Watch(
        suppliers=(
            "Example Card Ltd | ExCard | xcard.example",
            "Müller & Söhne",
            "Northgate",
            "Badge-Works of Eskmouth plc",
        )
    )
).load({}, b"")


def read(text: str, **fields: object) -> Tally:
    return READER.match(Part(where="w", text=text, **fields))  # type: ignore[arg-type]  # Part's own fields


@pytest.mark.parametrize(
    "text",
    [
        "EXAMPLE-CARD LIMITED (UK)",
        "example card",
        "Example Crad Ltd",
        "ExampleCard",
        "the group says that it has taken 3 TB from Example Card Limited and will publish it all on Monday next",
        "Muller and Sohne GmbH",
        "northgate.example has been breached",
        "Example Card Ltd.",
        "www.example-card.co.uk",
        "https://portal.examplecard.co.uk/login",
        "examplecardltd",
        "ExampleCardLtd_2023.zip",
        "data/EXAMPLE_CARD/warrant_cards/",
        "\\\\server\\example card (uk) limited\\hr",
        "victim: Example—Card™ Group",
        "exCard",
        "XCARD.example",
        "mail.xcard.example:443",
        "hxxps://www.xcard[.]example/",
        "xcard (dot) example",
        "Badge Works of Eskmouth",
        "Badge Works of Eskmuoth Limited",
        "Mu\u0308ller&So\u0308hne",
    ],
)
def test_found(text: str) -> None:
    (record,) = read(f"LEAKS\n{text}\nmore").records
    assert record.number == 2
    (match,) = record.matches
    assert (match.officers, match.field, match.family) == ((), "supplier", Family.SUPPLIER)
    assert match.bits > 0


@pytest.mark.parametrize(
    "text",
    [
        "for example, a card",
        "Sample Cards Inc",
        "example",
        "card",
        "Southgate",
        "examplecards of another kind",
        "notxcard.example",
        "xcard.example.org",
        "theexamplecard",
        "Badge",
    ],
)
def test_not_found(text: str) -> None:
    assert not read(text).records


def test_rows_and_windows_are_numbered() -> None:
    text = "".join(f"{name}{CELL}x{CELL}{ROW}" for name in ("Victim", "Acme", "Example Card Plc"))
    (record,) = read(text, table=True, first=10).records
    assert record.number == 12
    assert not read("Example Card\nmore", overlap=13).records


def test_a_dump_is_searched_for_names_as_they_are_spelled() -> None:
    """What is longer than a listing may be a million lines of anything."""
    filler = "nothing to see in this line\n" * (LISTING // 20)
    assert [record.number for record in read(f"{filler}EXAMPLE-CARD Ltd\n").records] == [
        filler.count("\n") + 1
    ]
    assert not read(f"{filler}Example Crad Ltd\n").records


def test_rows_of_their_own_numbers_keep_them() -> None:
    """As the tables have that were found in a text."""
    text = "".join(f"{name}{CELL}{ROW}" for name in ("Victim", "Acme", "Northgate Plc"))
    (record,) = read(text, table=True, numbers=(4, 4, 90)).records
    assert record.number == 90


def test_no_suppliers_no_work() -> None:
    assert Suppliers(Watch()).load({}, b"").match(Part(where="", text="Example Card")) == Tally()
    assert Suppliers(Watch()).enrol([], b"") == {}


@given(st.text(max_size=120), st.booleans())
def test_any_text_may_be_read(text: str, is_table: bool) -> None:
    assert read(text, table=is_table) == read(text, table=is_table)


@given(
    st.lists(
        st.sampled_from(
            ("example", "EXAMPLE", "Exampel", "card", "Cards", "Ltd", "(UK)", "&", "Müller",
             "söhne", "Sohne\u200b", "north", "gate", "northgate", "x", "12")
        ),
        max_size=6,
    ),
    st.sampled_from((" ", "", "-", "\u00a0")),
)  # fmt: skip
def test_a_line_says_the_same_among_others(words: list[str], between: str) -> None:
    """The text is folded as a whole and pieces are remembered: each line is judged as if alone."""
    line = between.join(words)
    alone = [record.matches for record in read(line).records]
    among = read(f"before\n{line}\n\nÉcole d'été\n{line}").records
    assert [record.matches for record in among] == alone * 2
    assert [record.number for record in among] == [2, 5][: 2 * len(alone)]


@pytest.mark.parametrize(
    "row", ["u{}.name@xcard.example:pw{}\n", "{},Example Card Ltd,{}\n", "excard {} {} "]
)
def test_a_dump_may_name_a_supplier_in_each_row(row: str) -> None:
    """Each row is told by its own number."""
    count = LISTING // 10
    text = "".join(row.format(at, at) for at in range(count))
    records = read(text).records
    assert [each.number for each in records] == list(range(1, text.count("\n") + 1)) or [1]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("warrant_cards/170881.jpg", True),
        ("D:\\Print\\ID cards\\2023", True),
        ("Staff photos.zip", True),
        ("police-cards/front/", True),
        ("payroll_2023.xlsx", True),
        ("invoices/2023.pdf", False),
        ("our staff are working on it", False),
        ("falstaff.pdf", False),
    ],
)
def test_files_called_after_people_are_told_beside_a_supplier(listed: str, *, told: bool) -> None:
    """What thieves list when they publish; nothing where no supplier is named."""
    tally = read(f"Example Card Ltd\n{listed}\n")
    assert dict(tally.signs) == ({"w": frozenset({Sign.STAFF_FILES})} if told else {})
    assert not read(f"Another firm\n{listed}\n").signs


def marks(text: str) -> set[str]:
    return {match.supplier for record in read(text).records for match in record.matches}


def test_all_names_of_a_supplier_are_one_supplier() -> None:
    """Aliases, domains and misspellings have one mark, another supplier another; it says no name."""
    (mark,) = marks("ExCard")
    assert marks("EXAMPLE-CARD LIMITED (UK)") == marks("xcard.example") == {mark}
    assert marks("Example Crad Ltd") == marks("ExampleCard") == {mark}
    assert marks("Northgate") != {mark}
    assert marks("Northgate and Example Card") == marks("Northgate") | {mark}
    filler = "nothing to see in this line\n" * (LISTING // 20)
    assert marks(f"{filler}EXAMPLE-CARD Ltd\n") == {mark}
    assert "card" not in mark
    assert len(mark) == 12


def test_a_mark_outlives_another_name() -> None:
    """It is that of the first name, whatever stands behind it, or before it in the list."""
    other = Suppliers(Watch(suppliers=("Northgate", "EXAMPLE CARD | Excelsior"))).load({}, b"")
    tally = other.match(Part(where="", text="excelsior"))
    assert {match.supplier for record in tally.records for match in record.matches} == marks(
        "ExCard"
    )


def test_a_supplier_is_called_by_the_first_name_of_its_entry() -> None:
    """In whichever spelling it was met: never by what the document says."""
    reads = Suppliers(Watch(suppliers=("Example Card Ltd | ExCard | xcard.example",))).load({}, b"")
    for text in ("EXCARD", "Example Crad", "https://xcard.example/", "EXAMPLE-CARD LIMITED"):
        tally = reads.match(Part(where="", text=text))
        assert {m.called for each in tally.records for m in each.matches} == {"Example Card Ltd"}


@pytest.mark.parametrize(
    "text",
    [
        "M&uuml;ller &amp;amp; S&ouml;hne",
        "Müller &amp; Söhne",
        "Müller &#38;#38; Söhne".replace("#38;#38;", "amp;#38;"),
        "Example&nbsp;Card",
        "Example&amp;#45;Card",
    ],
)
def test_what_was_escaped_is_found(text: str) -> None:
    """Once, or once more by whoever repeated it."""
    assert [record.number for record in read(f"a &amp;#10; b\n{text}\n").records] == [2]


def test_a_title_that_was_cut_is_found() -> None:
    """Most of the name at the end of a title of 90 characters, or before an ellipsis."""
    begun = "Another victim of ours, whose data we hold and whose managers do not answer: "
    short = f"{begun}Badge-Works of Eskmouth"[:90]
    assert short.endswith("Badge-Works o")
    assert not read(short).records
    title = f"{begun[9:]}Badge-Works of Eskmouth"[:90]
    assert title.endswith("Badge-Works of Eskmout")
    assert read(title).records
    assert read(f"{title} · 41 GB").records
    assert read("leaked: Badge-Works of Eskm…").records
    assert not read("leaked: Badge-Works of Eskm and others").records


def test_fields_that_were_put_together_are_titles_each() -> None:
    """As a source writes several of an item into one line."""
    assert marks("Example Crad Ltd · 41 GB of everything · lockbit") == marks("ExCard")


def test_published_is_said_of_whom_it_is_said() -> None:
    """Of the entry that follows the name, not of another victim's far below."""
    far = "\n" * 1200
    first, second = read(f"Northgate\npay or wait\n{far}ExCard\nall data published\n").records
    assert (first.signs, second.signs) == (frozenset(), frozenset({Sign.PUBLISHED}))
