from __future__ import annotations

from tests.watcher.read.made import parts, repacked, rows, unread, walked, workbook

DEFINITION = (
    b'<pivotCacheDefinition xmlns="x"><cacheFields><cacheField name="Surname"><sharedItems>'
    b'<s v="Adebayo"/><s v="Quill"/></sharedItems></cacheField><cacheField name="Pay no">'
    b"<sharedItems/></cacheField></cacheFields></pivotCacheDefinition>"
)
RECORDS = (
    b'<pivotCacheRecords xmlns="x"><r><x v="1"/><n v="4400123"/></r>'
    b'<r><x v="0"/><s v="none"/></r><r><x v="9"/><m/></r></pivotCacheRecords>'
)
MEMBER = "xl/pivotCache/pivotCacheRecords1.xml"


def test_a_pivot_cache_is_a_hidden_table() -> None:
    """Rows of a sheet that was deleted come back with their headings, shared items resolved."""
    book = repacked(
        workbook(),
        [("xl/pivotCache/pivotCacheDefinition1.xml", DEFINITION), (MEMBER, RECORDS)],
    )
    items = walked(book)
    part = parts(items)[MEMBER]
    assert (part.table, part.hidden, part.echo) == (True, True, False)
    assert rows(part) == [
        ["Surname", "Pay no"],
        ["Quill", "4400123"],
        ["Adebayo", "none"],
        ["9", ""],
    ]
    assert unread(items) == []


def test_records_without_a_definition_are_read_as_they_are() -> None:
    """Nothing is lost with the other half."""
    assert rows(parts(walked(repacked(workbook(), [(MEMBER, RECORDS)])))[MEMBER])[0] == [
        *("1", "4400123")
    ]


def test_a_broken_cache_is_read_as_far_as_it_goes() -> None:
    """Records before the fault are rows; the fault is told."""
    items = walked(repacked(workbook(), [(MEMBER, RECORDS[:-40] + b"<")]))
    assert rows(parts(items)[MEMBER])[0][-1] == "4400123"
    assert unread(items) == [(MEMBER, "broken")]


def test_a_definition_without_records_is_read() -> None:
    """The items of its fields are hidden tables of one column; the sweep of it is an echo."""
    definition = "xl/pivotCache/pivotCacheDefinition1.xml"
    found = parts(walked(repacked(workbook(), [(definition, DEFINITION)])))
    part = found[f"{definition}, field 1"]
    assert rows(part) == [["Surname"], ["Adebayo"], ["Quill"]]
    assert (part.hidden, part.echo) == (True, False)
    assert found[definition].echo
    assert f"{definition}, field 2" not in found
    torn = walked(repacked(workbook(), [(definition, DEFINITION[:-60])]))
    assert rows(parts(torn)[f"{definition}, field 1"])[1] == ["Adebayo"]
    assert unread(torn) == [(definition, "broken")]
