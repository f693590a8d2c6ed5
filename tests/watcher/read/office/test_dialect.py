from __future__ import annotations

from watcher.read.office.dialect import SEEN, SHOWN, local
from watcher.read.office.ooxml import OOXML


def test_a_name_is_known_without_its_prefix() -> None:
    """Any prefix may stand for a namespace."""
    assert [local(each) for each in ("w:p", "p", "ns1:p")] == ["p", "p", "p"]


def test_a_dialect_does_not_confuse_its_elements() -> None:
    """An element is one thing, and what is seen has no name."""
    kinds = [OOXML.paragraphs, OOXML.tables, OOXML.rows, OOXML.cells, frozenset(OOXML.breaks)]
    assert len(frozenset().union(*kinds)) == sum(map(len, kinds))
    assert SEEN == ""
    assert SEEN in SHOWN
