from __future__ import annotations

import pytest

from watcher.read.office.dialect import CODES, DELETED
from watcher.read.office.ooxml import OOXML, Run


@pytest.mark.parametrize(
    ("value", "on"), [({}, True), ({"w:val": "1"}, True), ({"w:val": "false"}, False)]
)
def test_a_switch_is_on_where_it_has_no_value(value: dict[str, str], *, on: bool) -> None:
    """ECMA-376 part 1, 17.17.4."""
    assert Run.on(value) is on


def test_channels_and_texts_of_attributes() -> None:
    """Deleted text and codes stand apart; what a picture is said to show is text."""
    assert OOXML.channel([], "del", {}) == DELETED
    assert OOXML.channel([], "instrText", {}) == CODES
    assert OOXML.channel([], "r", {}) is None
    assert OOXML.said("docPr", {"descr": "PC Quill", "id": "1"}) == ["PC Quill"]
    assert OOXML.said("p", {"descr": "x"}) == []
    assert OOXML.spread("gridSpan", {"w:val": "3"}) == 3
