"""XML in text."""

from __future__ import annotations

import pytest

from tests.matchers.people.forms.shown import one, read

ROWS = [["rank", "name first", "name last"], ["PC", "Ann", "Quigley"], ["PS", "Bob", "O'Neil"]]


@pytest.mark.parametrize(
    "text",
    [
        (
            "<staff><person><rank>PC</rank><name><first>Ann</first><last>Quigley</last></name></person>"
            "<person><rank>PS</rank><name><first>Bob</first><last>O&apos;Neil</last></name></person></staff>"
        ),
        # cut out of something, with name spaces
        (
            "<h:person>\n <h:name>\n  <h:first>Ann</h:first>\n  <h:last><![CDATA[Quigley]]></h:last>\n </h:name>\n"
            " <h:rank>PC</h:rank>\n</h:person>\n<h:person><h:name><h:first>Bob</h:first><h:last>O'Neil</h:last>"
            "</h:name><h:rank>PS</h:rank>"
        ),
        (
            '<x><person rank="PC"><name first="Ann" last="Quigley"/></person>\n'
            "<person rank='PS'><name first='Bob' last=\"O'Neil\"/></person></x>"
        ),
    ],
    ids=["elements", "fragment", "attributes"],
)
def test_a_record_is_a_row(text: str) -> None:
    """Fields are children or attributes, or stand one element further inside."""
    found, _ = read(text)
    assert found == [ROWS]


def test_an_element_of_attributes_is_a_row() -> None:
    """With nothing inside it."""
    text = '<o surname="Quigley" forename="Ann"/>\n<o surname="Inskip" forename="Una"/>'
    assert one(text)[1:] == [["Quigley", "Ann"], ["Inskip", "Una"]]


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li><name>Quigley</name><rank>PC</rank></li></ul>",
        "<feed><entry><title>one</title><link>x</link></entry></feed>",
        "if a<b and c>d: print('</name>')",
    ],
)
def test_pages_feeds_and_programs_are_left_alone(text: str) -> None:
    """Pages are read elsewhere; the others name nobody."""
    assert read(text)[0] == []
