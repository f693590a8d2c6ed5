from __future__ import annotations

from tests.watcher.read.made import parts, rows, unread, walked
from watcher.model import Part
from watcher.read.html import PARSED

PAGE = """<!doctype html><html><head><title>Leak</title><script>var hid = "inscript";</script></head>
<body data-officer="Quill"><!-- incomment --><p>PC <b>Ade</b>bayo<br>next</p><ul><li>one<li>two</ul>
<table><tr><th>Surname<th>No</tr><tr><td>Smi<i>th</i><td>4400</tr></table>
<table style="color:red; display: none"><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>
<div hidden>tucked away</div><table><tr><td>layout</table><pre>  a
  b</pre></body></html>"""


def test_a_page_is_read_in_all_its_layers() -> None:
    """Tables, what is seen, what is hidden, and the raw text, each by its own address."""
    found = parts(walked(PAGE.encode()))
    assert rows(found["table 1"]) == [["Surname", "No"], ["Smith", "4400"]]
    assert not found["table 1"].hidden
    assert rows(found["table 2"]) == [["a", "b"], ["c", "d"]]
    assert found["table 2"].hidden
    assert found[""].text.split("\n") == [
        *("Leak", "PC Adebayo", "next", "one", "two", "a", "b", "layout")
    ]
    assert (found["hidden text"].text, found["hidden text"].hidden) == ("tucked away", True)
    assert (found["raw"].text, found["raw"].echo) == (PAGE, True)


def test_what_only_attributes_comments_and_scripts_hold_is_in_the_raw_text() -> None:
    """Parsing loses data; the raw text does not."""
    found = parts(walked(PAGE.encode()))
    for lost in ("Quill", "incomment", "inscript"):
        assert lost not in found[""].text
        assert lost in found["raw"].text


def test_nested_tables_keep_each_text_once() -> None:
    """Text belongs to its innermost cell, however deep: no table repeats another."""
    page = "<table><tr><td>out<table><tr><td>x<tr><td>y</table></td></tr><tr><td>end</table>"
    found = parts(walked(page.encode()))
    assert rows(found["table 1"]) == [["out"], ["end"]]
    assert rows(found["table 2"]) == [["x"], ["y"]]


def test_a_deep_page_is_walked_without_recursion() -> None:
    """Thousands of nested elements are read like two."""
    items = walked(b"<html>" + b"<div><table><tr><td>" * 8_000 + b"Adebayo")
    assert any("Adebayo" in item.text for item in items if isinstance(item, Part))
    assert unread(items) == []


def test_a_page_beyond_the_parser_is_told_and_read_raw() -> None:
    """What the parser may not have is read as text, from the right line, and said to be cut."""
    page = "<html><p>start\n" + "filler text\n" * (PARSED // 12 + 50_000) + "Adebayo at the end\n"
    items = walked(page.encode())
    assert unread(items) == [("", "limit")]
    beyond = [i for i in items if isinstance(i, Part) and i.where == "raw, beyond what was parsed"]
    assert not beyond[0].echo
    last = beyond[-1]
    assert last.text.endswith("Adebayo at the end\n")
    assert last.first + last.text.count("\n") - 1 == page.count("\n")


def test_a_declared_charset_in_the_page_counts() -> None:
    """A page that is no UTF-8 is read in the charset it names."""
    page = "<html><meta charset='windows-1250'><p>Łukasz".encode("cp1250")
    assert parts(walked(page))[""].text == "Łukasz"


def test_fields_side_by_side_are_words_of_one_line() -> None:
    """Adjacent elements are kept apart, and in their row; letters of one word are not."""
    page = (
        "<html><body><div><span>Ann</span><span>Quill</span><span>4400123</span></div>"
        "<Forename>Si\u00e2n</Forename><Surname>Adebayo</Surname><img src=x><b>PC</b>"
        "<p><b>Ann</b><i>Quill</i><b>Ade</b><i>bayo</i> <span>one</span> <span><a>two</a></span></p>"
        "<ul><li><a>Ann</a><a>Quill</a></li></ul>"
        "<table><tr><td><span>Ann</span><span>Quill</span><td>1<tr><td>x<td>2</table>"
    )
    found = parts(walked(page.encode()))
    assert found[""].text.split("\n") == [
        "Ann Quill 4400123",
        "Siân Adebayo PC",
        "Ann Quill Adebayo one two",
        "Ann Quill",
    ]
    assert rows(found["table 1"])[0] == ["Ann Quill", "1"]


def test_comments_are_hidden() -> None:
    """They come with the page, and no visitor sees them."""
    found = parts(walked(PAGE.encode()))
    assert (found["comments"].text, found["comments"].hidden) == ("incomment", True)
