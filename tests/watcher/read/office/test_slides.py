from __future__ import annotations

import io

import pptx

from tests.watcher.read.made import archive, parts, repacked, rows, unread, walked


def deck() -> bytes:
    """Three slides with notes and a table; the second is not shown, the last comes first."""
    made = pptx.Presentation()
    for at, name in enumerate(("Adebayo", "Bevan", "Carew")):
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = name
        slide.notes_slide.notes_text_frame.text = f"say {name}"
        table = slide.shapes.add_table(2, 2, 0, 0, 10, 10).table
        table.cell(1, 0).text, table.cell(1, 1).text = name, f"440012{at}"
    made.slides[1]._element.set("show", "0")
    order = made.slides._sldIdLst
    order.insert(0, order[2])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_slides_are_read_in_the_order_in_which_they_are_shown() -> None:
    """One that is not shown is hidden, with its tables; notes always are."""
    found = parts(walked(archive([("talk.pptx", deck())])))
    assert found["talk.pptx!/slide 1"].text == "Carew\n"
    assert found["talk.pptx!/slide 2"].text == "Adebayo\n"
    assert found["talk.pptx!/slide 1, notes"].hidden
    assert found["talk.pptx!/slide 3 (hidden)"].hidden
    table = found["talk.pptx!/slide 3 (hidden), table 1"]
    assert rows(table)[1] == ["Bevan", "4400121"]
    assert table.hidden


def test_a_slide_that_no_one_names_is_read() -> None:
    """It is in the package all the same, and hidden; the rest is swept."""
    body = b'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Davies</a:t></a:r></a:p></p:sld>'
    found = parts(walked(repacked(deck(), [("ppt/slides/slide9.xml", body)])))
    lone = next(part for where, part in found.items() if where.startswith("ppt/slides/slide9"))
    assert lone.text == "Davies\n"
    assert lone.hidden
    assert any(where.startswith("ppt/slideMasters/") for where in found)


def test_a_deck_without_its_list_is_read_member_by_member() -> None:
    """A torn presentation keeps its slides."""
    items = walked(repacked(deck(), [("ppt/presentation.xml", b"<p")]))
    assert any("Adebayo" in part.text for part in parts(items).values())
    assert ("ppt/presentation.xml", "broken") in unread(items)
