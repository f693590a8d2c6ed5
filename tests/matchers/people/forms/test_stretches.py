"""Which stretches of a text are looked through for records."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people.forms import regions, tables
from matchers.people.forms.stretches import _HINTS, _NEAR, _marks
from matchers.people.kernel.folding import fold
from watcher.api import Part

FAR = 60_000  # characters, more than are looked at around a mark
PROSE = "Nothing that is written here is about anybody in particular.\n"
PEOPLE = [(f"Abernathy{at}", f"Siân{at}", f"PC {at}", at) for at in range(3_000)]


def prose(size: int = FAR) -> str:
    return PROSE * (size // len(PROSE))


def covered(text: str, said: str) -> bool:
    """Whether all of `said`, which stands once in a text, is in one stretch."""
    at = text.index(said)
    return any(start <= at and at + len(said) <= end for start, end in regions(text))


def lines(row: Callable[[str, str, str, int], str]) -> str:
    return "\n".join(row(*person) for person in PEOPLE)


@pytest.mark.parametrize(
    "said",
    [
        "text to insert into text widget",
        "<code>INSERT INTO</code>, or <code>UPDATE</code>",
        "db.executemany('insert into sessions values (?,?,?)', sessions)",
        '    """INSERT INTO sessions VALUES (NULL, ?, NULL)"""',
        "'.vcf': 'text/x-vcard',",
        "a replacement of the last name",
        '"displayName": {"shape": "DisplayName", "documentation": "The display name of it"}',
    ],
)
def test_talk_of_records_is_no_record(said: str) -> None:
    """Programs and their documentation are full of it."""
    assert regions(f"{prose()}{said}\n{prose()}") == []


@pytest.mark.parametrize(
    "said",
    [
        '{"surname": "Quigley", "first_name": "Ann"}',
        "BEGIN:VCARD\nN:Quigley;Ann\nEND:VCARD",
        "dn: uid=1\nsn: Quigley\n",
        "INSERT INTO staff VALUES (1,'Quigley','Ann');",
        "insert ignore into `staff` values\n(1,NULL,NULL),\n(2,'Quigley','Ann');",
        "REPLACE INTO staff VALUES (1,'Quigley','Ann');",
        "INSERT [dbo].[Staff] VALUES (1, N'Quigley', N'Ann')",
    ],
)
def test_a_record_is_looked_at_with_what_is_near_and_no_more(said: str) -> None:
    """Whatever stands far above and below, the same word in a comment included."""
    text = f"-- insert into it\n{prose()}{said}\n{prose()}"
    assert covered(text, said)
    assert sum(end - start for start, end in regions(text)) < FAR


@pytest.mark.parametrize(
    "said",
    [
        f"BEGIN:VCARD\nN:Quigley;Ann\nPHOTO:{'Ab/9' * 50_000}\nEND:VCARD",
        f"dn: uid=1\nsn: Quigley\njpegPhoto:: {'A/b9' * 10_000}\n {'A/b9' * 2_000}\nmail: a@b.c",
        "INSERT INTO staff VALUES\n" + ",\n".join(f"({n},'{s}','{f}')" for s, f, _, n in PEOPLE),
        "REPLACE INTO s VALUES " + ",".join(f"({n},'{s}','{f}')" for s, f, _, n in PEOPLE),
        "COPY s (surname, forename, rank) FROM stdin;\n"
        + lines(lambda *cells: "\t".join(map(str, cells)))
        + "\n\\.",
        "| Surname | Forename | Rank |\n|--|--|--|\n"
        + lines(lambda s, f, r, _: f"| {s} | {f} | {r} |"),
        "│ Surname │ Forename │ Rank │\n├──┼──┼──┤\n"
        + lines(lambda s, f, r, _: f"│ {s} │ {f} │ {r} │"),
        "surname | forename\n--+--\n" + lines(lambda s, f, r, _: f"{s} | {f} | {r}"),
        "Surname        Forename    Rank\n" + lines(lambda s, f, r, _: f"{s:15}{f:12}{r}"),
        "Surname        Forename    Rank\n" + lines(lambda s, f, r, _: f"{s:15}{f:12}{r}\n"),
        json.dumps(
            {"columns": ["surname", "forename"], "rows": [each[:3] for each in PEOPLE]},
            indent=1,
        )[: -len('\n ]\n}')],
    ],
    ids=["card", "entry", "insert", "replace", "copy", "ruled", "drawn", "console", "aligned", "spaced", "json"],
)  # fmt: skip
def test_a_list_is_looked_at_to_its_end(said: str) -> None:
    """However long it is, if it names its columns once or its record is large."""
    text = f"{prose()}\n{said}\n\n\n{prose(5 * FAR)}"
    assert covered(text, said)
    assert regions(text)[-1][1] < len(text) - FAR


def test_a_statement_without_columns_is_looked_at_with_its_table() -> None:
    """Dumps create all tables first; what is filled before is of no people."""
    create = "CREATE TABLE public.staff (\n id int,\n surname text,\n forename text\n);\n"
    rows = ",".join(f"({at},'Quigley','Ann')" for at in range(9))
    text = f"{create}{prose()}INSERT INTO log VALUES (1,2);\nINSERT INTO staff VALUES {rows};\n"
    ((start, end),) = regions(text)
    assert (start, end) == (0, len(text))
    (table,), _ = tables(Part(where="", text=text))
    assert table.text.startswith("id\x1fsurname\x1fforename\x1f")


def test_a_window_that_begins_within_a_statement_is_looked_at_to_its_end() -> None:
    """No mark stands in it: its first rows tell."""
    rows = ",".join(f"({at},'Quigley','Ann, (née O\\'Neil)')" for at in range(3_000))
    text = f"ley','Ann'),{rows};\n{prose(3 * FAR)}"
    ((start, end),) = regions(text)
    assert start == 0
    assert len(rows) < end < len(text) - FAR
    assert regions("f(a, b), (c, d)\n" + prose()) == []


def test_the_last_of_many_is_as_good_as_the_first() -> None:
    """Broken statements, unclosed cards and first entries hide nothing that follows."""
    broken = "INSERT INTO t VALUES ((( ;\n" * 200
    insert = "INSERT INTO staff VALUES (1,'Quigley','Ann');"
    assert covered(broken + prose() + insert, insert)
    card = "BEGIN:VCARD\nN:Quigley;Ann\nEND:VCARD"
    assert covered(f"BEGIN:VCARD\n{prose(6 * FAR)}{card}", card)
    entry = "dn: uid=1\nsn: Quigley"
    assert covered(f"{entry}\n\n{prose()}", entry)


@given(
    st.lists(
        st.sampled_from(
            ["name", "NAME", "sur", "First", "_", " ", "-", "user", "y", "n", "é", "Ł", "rank", "co", "llar",
             "i", "nsert ", "re", "place\t", "\ndn:", "vcard", "pay n", "o", "x"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_marks_are_those_that_a_search_finds(text: str) -> None:
    """What the frequent word is asked first changes nothing, at the text's very beginning either."""
    letters = fold(text) & 0x7F
    low = letters.tobytes()
    expected = {
        (match.start(), mark, lead[1])
        for mark, before, after in _HINTS
        for match in re.finditer(re.escape(mark), low)
        if (lead := before.search(low[max(0, match.start() - _NEAR) : match.start()]))
        and after.match(low[match.end() :])
    }
    assert set(_marks(letters)) == expected


@given(
    st.lists(
        st.sampled_from(
            ["surname", "forename", "\n", "(", ")", "'", ",", "INSERT INTO t VALUES ", "BEGIN:VCARD\n", "END:VCARD",
             "\ndn:", "dn: x", "COPY s (surname, forename) FROM stdin;\n", "|", "  ", "],", "[1", "x " * 20_000]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_stretches_are_whole_lines_in_order_and_apart(text: str) -> None:
    """Whatever a text holds."""
    spans = regions(text)
    for start, end in spans:
        assert start < end <= len(text)
        assert start == 0 or text[start - 1] == "\n"
        assert end == len(text) or text[end - 1] == "\n"
    assert all(one[1] < two[0] for one, two in itertools.pairwise(spans))


def test_numbers_of_people_need_no_quotes() -> None:
    """Columns say whose they are: the statement is followed to its end."""
    rows = ",\n".join(f"({100_000 + at}, {at})" for *_, at in PEOPLE)
    said = f"INSERT INTO ids (pay_number, collar_number) VALUES\n{rows};"
    assert covered(prose() + said + prose(), said)
    assert regions(prose() + said.replace("number", "sum") + prose()) == []


def test_a_window_may_begin_within_rows_of_values() -> None:
    """Their list began in the window before."""
    rows = ", ".join(json.dumps([surname, forename, rank]) for surname, forename, rank, _ in PEOPLE)
    assert covered(f'"Ann", "PC"], {rows}\n{prose()}', rows)
    assert regions(f"1, 2], [3, 4], [5, 6], [7, 8]\n{prose()}") == []
