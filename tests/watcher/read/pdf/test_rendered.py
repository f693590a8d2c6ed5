from __future__ import annotations

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from tests.watcher.read.made import parts, unread, walked
from tests.watcher.read.ocr.scanned import (
    PAPER,
    drawn,
    engine,
    is_list,
    needed,
    page,
    saved,
    seen,
    sight,
)
from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.pdf.rendered import PIXELS, Rendered

pytestmark = needed

WIDE, HIGH = PAPER


def scan(*pages: Image.Image) -> bytes:
    """Pages as a copier makes them: one picture each."""
    return saved(pages[0], "PDF", save_all=True, append_images=list(pages[1:]), resolution=150)


def test_pages_that_are_pictures_are_read_page_by_page() -> None:
    """In greys (JPEG) and in black and white (as a fax); without OCR they are unread."""
    other = page((("Morgan", "Inspector", "4400125"),))
    for body in (scan(page(), other), scan(page().convert("1"), other.convert("1"))):
        found = seen(body)
        assert is_list(parts(found)["page 1 (OCR)"].text)
        assert "Morgan" in parts(found)["page 2 (OCR)"].text
        assert unread(found) == []
        assert unread(walked(body)) == [("page 1", "image only"), ("page 2", "image only")]


def test_a_page_in_strips_is_one_page() -> None:
    """Scanners cut pages anywhere, through letters too."""

    def strips(pdf: canvas.Canvas) -> None:
        whole = page()
        step = whole.height // 40
        for top in range(0, whole.height, step):
            high = min(step, whole.height - top)
            strip = whole.crop((0, top, whole.width, top + high))
            scale = HIGH / whole.height
            pdf.drawImage(ImageReader(strip), 0, HIGH - (top + high) * scale, WIDE, high * scale)

    assert is_list(parts(seen(drawn(strips)))["page 1 (OCR)"].text)


def test_a_page_that_is_turned_is_read() -> None:
    """By the file, or by who laid it on the glass."""

    def turned(pdf: canvas.Canvas) -> None:
        pdf.setPageRotation(90)
        pdf.setPageSize((HIGH, WIDE))
        pdf.drawImage(ImageReader(page().rotate(90, expand=True)), 0, 0, HIGH, WIDE)

    assert is_list(parts(seen(drawn(turned)))["page 1 (OCR)"].text)
    assert is_list(parts(seen(scan(page().rotate(180))))["page 1 (OCR)"].text)


def test_what_stands_under_a_box_is_read() -> None:
    """A box over a scan hides it from who looks, not from who has the file."""

    def boxed(pdf: canvas.Canvas) -> None:
        pdf.drawImage(ImageReader(page()), 0, 0, WIDE, HIGH)
        pdf.rect(0, HIGH / 2, WIDE, HIGH / 2, fill=1)

    assert is_list(parts(seen(drawn(boxed)))["page 1 (OCR)"].text)


def test_a_picture_on_a_page_of_text_is_read_beside_it() -> None:
    """A list pasted into a letter; the letter's own words in it are an echo."""

    def letter(pdf: canvas.Canvas) -> None:
        for line in range(8):
            pdf.drawString(
                50, 800 - line * 14, "A letter about the weather in the north, which is wet"
            )
        picture = page(size=(1240, 600))
        pdf.drawImage(ImageReader(picture), 50, 300, 500, 240)

    found = parts(seen(drawn(letter)))
    assert is_list(found["page 1, pictures (OCR)"].text)
    assert found["page 1, pictures (OCR)"].echo
    assert "weather" in found["page 1"].text


def test_limits_are_told_by_page() -> None:
    """A picture too large, one page too many, a library that took the process before."""

    def wide(pdf: canvas.Canvas) -> None:
        pdf.drawImage(ImageReader(Image.new("1", (9000, 9000), 1)), 0, 0, WIDE, HIGH)

    assert unread(seen(drawn(wide))) == [("page 1", "limit")]
    two = scan(page(), page((("Morgan", "4400125"),)))
    assert unread(seen(two, sight(pictures=1))) == [("page 2", "limit")]
    assert {why for _, why in unread(seen(two, careful=1))} == {"lost worker"}


def test_a_plan_is_drawn_coarser_and_a_wall_not_at_all() -> None:
    """No page takes more pixels than so many, whatever its size."""
    plan = saved(page(), "PDF", resolution=20)  # 1.6 m × 2.2 m
    made = Rendered(plan).page(0, 1, 10**8)
    assert made.width * made.height <= PIXELS * 1.01
    assert made.resolution < 100
    wall = saved(page(), "PDF", resolution=8)
    with pytest.raises(Trouble) as trouble:
        Rendered(wall).page(0, 1, 10**8)
    assert trouble.value.why is Why.LIMIT


def test_a_file_that_is_none_or_has_other_pages_stays_a_picture() -> None:
    """Page 3 of one reading must be page 3 of the other."""
    for body, pages in ((b"%PDF-1.7 none", 1), (scan(page()), 2)):
        with pytest.raises(Trouble) as trouble:
            Rendered(body).page(0, pages, 10**8)
        assert trouble.value.why is Why.IMAGE_ONLY
    assert engine()
