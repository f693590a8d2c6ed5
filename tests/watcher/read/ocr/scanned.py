"""Pictures of pages, as a scanner or a telephone makes them, and PDFs of them."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

from tests.watcher.read.made import BOUNDS, stream
from tests.world import World
from watcher.model import Part, Unread
from watcher.read.budget import Budget
from watcher.read.dispatch import document
from watcher.read.ocr.engine import Engine, missing
from watcher.read.ocr.sight import Sight

LIST = (("Adebayo", "Sergeant", "4400123"), ("Quill", "Constable", "4400124"))
A4 = (1240, 1754)  # at 150 dots per inch
PAPER = (595.0, 842.0)

needed = pytest.mark.skipif(
    missing(("eng",)) is not None,
    reason="no OCR: the extra `ocr`, and Debian's tesseract-ocr-eng",
)


@functools.cache
def engine() -> Engine:
    return Engine(("eng",))


def sight(*, pixels: int = 50_000_000, pictures: int = 100, seconds: float = 100) -> Sight:
    return Sight(engine=engine(), pixels=pixels, pictures=pictures, seconds=seconds)


def page(
    rows: Sequence[Sequence[str]] = LIST, *, size: tuple[int, int] = A4, letters: int = 30
) -> Image.Image:
    """Rows of columns, black on white."""
    made = Image.new("L", size, 255)
    pen = ImageDraw.Draw(made)
    font = ImageFont.load_default(size=letters)
    wide = (size[0] - 2 * letters) // max(map(len, rows))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = (2 * letters + column * wide, 2 * letters + at * 2 * letters)
            pen.text(place, cell, font=font, fill=0)
    return made


def saved(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, form, **options)  # type: ignore[arg-type]  # each format has its own
    return held.getvalue()


def drawn(draw: Callable[[canvas.Canvas], None]) -> bytes:
    """A PDF of one page."""
    held = io.BytesIO()
    made = canvas.Canvas(held, pagesize=PAPER)
    draw(made)
    made.showPage()
    made.save()
    return held.getvalue()


def seen(body: bytes, looked: Sight | None = None, **budget: int) -> list[Part | Unread]:
    """What the dispatcher makes of a body where OCR is switched on."""
    walk = Budget(BOUNDS, sight=looked or sight(), careful=budget.get("careful"))
    return list(document(stream(body), "", walk))


def is_list(text: str) -> bool:
    """Whether a text has every row of `LIST` on a line of its own, its columns in their order."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    return all(list(row) in lines for row in LIST)


def switched_on(world: World, language: str = "eng") -> None:
    """OCR in this language, in the configuration of an installation."""
    text = world.config.read_text()
    assert text.count("\nlanguages = []\n") == 1
    world.config.write_text(text.replace("languages = []", f'languages = ["{language}"]'))
