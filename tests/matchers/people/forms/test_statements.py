"""SQL dumps."""

from __future__ import annotations

import pytest

from matchers.people.forms import tables
from tests.matchers.people.forms.shown import numbers, one, read
from watcher.api import Part

COLUMNS = ["surname", "first_name", "pay_no"]
PEOPLE = [["O'Neil", "Ann, Jr", "12"], ["Quigley", "(Bob)", "13"], ["Abernathy", "", "14"]]


@pytest.mark.parametrize(
    "text",
    [
        # MySQL, many rows
        (
            "INSERT INTO `staff` (`surname`,`first_name`,`pay_no`) VALUES "
            r"('O\'Neil','Ann, Jr',12),('Quigley','(Bob)',13),('Abernathy',NULL,14);"
        ),
        # PostgreSQL, one row a statement
        (
            "INSERT INTO public.staff (surname, first_name, pay_no) VALUES ('O''Neil', E'Ann, Jr', 12);\n"
            "INSERT INTO public.staff (surname, first_name, pay_no) VALUES ('Quigley', '(Bob)'::text, 13);\n"
            "INSERT INTO public.staff (surname, first_name, pay_no) VALUES ('Abernathy', NULL, 14);"
        ),
        # SQL Server
        (
            "INSERT [dbo].[Staff List] ([surname], [first_name], [pay_no]) VALUES (N'O''Neil', N'Ann, Jr', 12)\nGO\n"
            "INSERT [dbo].[Staff List] ([surname], [first_name], [pay_no]) VALUES (N'Quigley', N'(Bob)', 13)\nGO\n"
            "INSERT [dbo].[Staff List] ([surname], [first_name], [pay_no]) VALUES (N'Abernathy', NULL, CAST(14 AS Int))\nGO\n"
        ),
        # SQLite, rows on lines of their own
        (
            'insert or replace into "staff"("surname","first_name","pay_no") values\n'
            "  ('O''Neil',\n   'Ann, Jr', 12),\n  ('Quigley', '(Bob)', 13),\n  ('Abernathy', null, 14);\n"
        ),
        # double quotes, as MySQL allows
        (
            "REPLACE INTO staff (surname, first_name, pay_no) VALUES "
            '("O\'Neil", "Ann, Jr", 12), ("Quigley", "(Bob)", 13), ("Abernathy", NULL, 14)'
        ),
        # columns named where the table is made
        (
            "CREATE TABLE staff (\n  surname varchar(50) NOT NULL DEFAULT '',\n  first_name text,\n"
            "  pay_no decimal(9,0),\n  PRIMARY KEY (pay_no)\n) ENGINE=InnoDB;\n"
            r"INSERT INTO staff VALUES ('O\'Neil','Ann, Jr',12),('Quigley','(Bob)',13),('Abernathy',NULL,14);"
        ),
        (
            "COPY public.staff (surname, first_name, pay_no) FROM stdin;\n"
            "O'Neil\tAnn, Jr\t12\nQuigley\t(Bob)\t13\nAbernathy\t\\N\t14\n\\.\n"
        ),
    ],
    ids=["mysql", "postgresql", "sqlserver", "sqlite", "double", "created", "copy"],
)
def test_one_table_in_every_dialect(text: str) -> None:
    """Quotes, casts and NULL are the dump's, not the people's."""
    (table,), _ = read(text)
    assert table == [COLUMNS, *PEOPLE]


def test_a_window_within_a_statement_has_rows_without_headings() -> None:
    """A dump writes statements of a megabyte: its other windows have no INSERT."""
    text = "neil','Ann',12),('Quigley','Bob',13),('Abernathy','Zoe',14),('Inskip','Una',15),('Tor"
    (table,), rest = tables(Part(where="", text=text, overlap=10, begun=99))
    assert [row.split("\x1f")[0] for row in table.text.split("\x1e")] == [
        "Quigley", "Abernathy", "Inskip", "",
    ]  # fmt: skip
    assert rest is not None
    assert rest.text.startswith("neil','Ann',12)")


def test_a_statement_that_breaks_off_has_its_whole_values() -> None:
    """The last record is torn in the middle of its number."""
    text = "INSERT INTO s (surname, forename, pay_no) VALUES ('Quigley','Bob',13),('Inskip','Una',1"
    assert one(text)[1:] == [["Quigley", "Bob", "13"], ["Inskip", "Una"]]


def test_a_broken_statement_takes_nothing_from_those_that_follow() -> None:
    """Only the last of a text may be cut off by its end."""
    text = (
        "-- insert into s values (1, 2, 'a\n"
        "INSERT INTO s (surname, forename) VALUES ('Quigley','Bob');\n"
        "INSERT INTO s (surname, forename) VALUES ('Inskip','Una');\n"
    )
    (table,), rest = read(text)
    assert table == [["surname", "forename"], ["Quigley", "Bob"], ["Inskip", "Una"]]
    assert rest.startswith("-- insert")


def test_statements_of_several_tables_may_alternate() -> None:
    """Each table is one, however often another's statement stands between its own."""
    text = "".join(
        f"INSERT INTO staff (surname, forename) VALUES ('Quigley','Ann{at}');\n"
        f"INSERT INTO log (at, what) VALUES ({at},'login');\n"
        for at in range(300)
    )
    (table,), rest = read(text)
    assert len(table) == 301
    assert rest.count("login") == 300


def test_rows_are_numbered_by_their_lines() -> None:
    """And those of one line count on."""
    text = (
        "--\nINSERT INTO s (surname, forename) VALUES\n('A','B'),('C','D'),\n('E','F'),\n('G','H');"
    )
    (table,), _ = tables(Part(where="", text=text))
    assert numbers(table)[1:] == [3, 4, 5, 6]


@pytest.mark.parametrize(
    "text",
    [
        "insert into the slot, and the values (see below) are shown",
        "INSERT INTO log (level, message) VALUES ('info','started'),('info','ended');",
        "cursor.execute('INSERT INTO users (name, age) VALUES (?, ?)', (name, age))",
    ],
)
def test_other_statements_are_left_alone(text: str) -> None:
    """Prose about SQL, logs, and programs that have no rows."""
    assert tables(Part(where="", text=text))[0] == []
