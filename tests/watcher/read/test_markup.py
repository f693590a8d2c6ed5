from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import archive, parts, unread, walked
from watcher.model import Part, Unread
from watcher.read.sniff import Kind, kind


def lines(body: str) -> list[str]:
    return "".join(
        part.text
        for part in walked(body.encode())
        if isinstance(part, Part) and part.where == "records"
    ).splitlines()


def raw(items: list[Part | Unread]) -> str:
    return "".join(i.text[i.overlap :] for i in items if isinstance(i, Part) and not i.where)


PEOPLE = [("Ann", "Quill", "4400123"), ("Siân", "Adebayo", "4400124"), ("Bo", "Abe", "4400125")]
WANTED = ["\t".join(person) for person in PEOPLE]


@pytest.mark.parametrize(
    "record",
    [
        "<p><Forename>{}</Forename><Surname>{}</Surname><No>{}</No></p>",
        "<p><Forename>{}</Forename>\n  <Surname>{}</Surname>\n<No>{}</No></p>\n",
        '<row forename="{}" surname="{}" no="{}"/>',
        "<o:p><o:name><o:given>{}</o:given><o:family>{}</o:family></o:name><o:no>{}</o:no></o:p>",
        "<p><a><![CDATA[{}]]></a><b>{}</b> {}</p>",
        "<p><a>{}</a><!-- & --><b v='{}'/><c>&#{}</c></p>".replace("&#{}", "{}"),
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "<staff>{}</staff>",
        '<?xml version="1.0" encoding="utf-16"?>\n<staff xmlns="urn:x" xmlns:o="urn:o">{}</staff>',
        '<!DOCTYPE staff SYSTEM "x.dtd"><staff>{}</staff>',
        "<export><head><title>A list</title></head><unit><name>B</name>{}</unit></export>",
    ],
)
def test_a_record_is_a_line(record: str, frame: str) -> None:
    """Elements, attributes, names inside names, with line ends or without: a line for each person."""
    body = frame.format("".join(record.format(*person) for person in PEOPLE))
    found = lines(body)
    assert [line for line in found if "44001" in line] == WANTED
    whole = parts(walked(body.encode()))[""]
    assert (whole.text, whole.echo) == (body, True)
    assert unread(walked(body.encode())) == []


def test_a_row_of_records_without_a_document_is_read() -> None:
    """Many dumps have no outermost element."""
    body = "".join(f"<row><a>{a}</a><b>{b}</b><c>{c}</c></row>\n" for a, b, c in PEOPLE)
    assert lines(body) == WANTED


@pytest.mark.parametrize("number", [2, 15, 16, 17, 1000])
def test_leaves_of_one_name_are_a_list(number: int) -> None:
    """They are no fields of one record; an attribute of the list does not make them so."""
    names = [f"Ann Quill{at}" for at in range(number)]
    body = "".join(f"<name>{name}</name>" for name in names)
    assert [line for line in lines(f"<x><names>{body}</names></x>") if "Quill" in line] == names
    found = lines(f"<x><names of='us'>{body}</names></x>")
    assert [line for line in found if "Quill" in line] == names
    assert "us" in found


def test_signs_that_were_not_escaped_cost_nothing() -> None:
    """A stray & and entities nobody declared are text; references are what they stand for."""
    found = lines(
        "<x><p><a>R&D</a><b>&nbsp;x</b></p><p><a>&#65;nn &amp; Bo</a><b>\x01y</b></p></x>"
    )
    assert found == ["R&D\t&nbsp;x", "Ann & Bo\ty"]


def test_what_is_not_well_formed_is_read_raw() -> None:
    """Records before the fault are lines; from there on the raw text is no echo."""
    good = "<p><a>Ann</a><b>Quill</b></p>\n"
    body = "<x>" + good * 50_000 + "<p a<b>Adebayo</p>\n" + good * 50_000 + "</x>"
    items = [item for item in walked(body.encode()) if isinstance(item, Part)]
    assert unread(walked(body.encode())) == []
    assert sum(item.text.count("Ann\tQuill\n") for item in items) == 50_000
    whole = [item for item in items if item.where == ""]
    assert "".join(item.text[item.overlap :] for item in whole) == body
    assert whole[0].echo
    assert not any(item.echo for item in whole if "Adebayo" in item.text)
    veiled = "<x><p a<b>&#65;debayo</p></x>"
    assert unread(walked(veiled.encode())) == [("records", "broken")]


def test_entities_are_refused_and_told() -> None:
    """No bomb expands; that something was not parsed is said, by its place."""
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x><p><a>&b;</a></p></x>"
    assert unread(walked(archive([("x.xml", bomb.encode())]))) == [("x.xml!/records", "limit")]
    assert parts(walked(bomb.encode()))[""].text == bomb


@pytest.mark.parametrize(
    "body",
    [
        "<q1>" * 5000 + "Ann</q1>",
        "<x>" + "word " * 400_000 + "</x>",
        "<x><p>" + "<a>b</a><c>d</c>" * 30_000,
        "<x " + " ".join(f"a{at}='b'" for at in range(50_000)) + "/>",
    ],
)
def test_what_is_held_is_bounded(body: str) -> None:
    """Depth, length and number without end are cut into lines, and told where they are too deep."""
    items = walked(body.encode())
    assert max(map(len, lines(body)), default=0) < 200_000
    assert unread(items) == ([("records", "limit")] if "<q1>" in body else [])
    assert raw(items) == body


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<a>", "</a>", "<b c='d'>", "</b>", "x", "\n", "<c/>", "&", "<", "<!--", "]]>"]
        )
    )
)
def test_nothing_makes_it_fail_and_no_text_is_lost(tokens: list[str]) -> None:
    """Whatever is between its signs, the raw text is all there."""
    body = "<r>" + "".join(tokens) + "</r>"
    items = walked(body.encode())
    assert raw(items) == body


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<staff><p/></staff>", Kind.XML),
        ("\ufeff<?xml version='1.0'?><!-- x --><!DOCTYPE a [<!ENTITY b 'c'>]>\n<a></a>", Kind.XML),
        ("<?xml version='1.0'?><rss version='2.0'></rss>", Kind.TEXT),
        ("<?xml version='1.0'?><rdf:RDF></rdf:RDF>", Kind.TEXT),
        ("<feed xmlns='x'></feed>", Kind.TEXT),
        ("<?xml version='1.0'?><html></html>", Kind.HTML),
        ("<john> hello there\n<mary> hi\n", Kind.TEXT),
        ("<" * 5000, Kind.TEXT),
        ("<!--" * 5000, Kind.TEXT),
    ],
)
def test_xml_is_told_by_how_it_opens(body: str, wanted: Kind) -> None:
    """Neither pages, nor feeds, nor what people say in a chat."""
    assert kind(body.encode(), complete=True) is wanted
