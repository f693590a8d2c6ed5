"""A picture of one line, to try OCR with."""

from __future__ import annotations

import io


def line(text: str) -> bytes:
    """A PNG in which these words stand, black on white."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size=40)
    picture = Image.new("L", (80 + 24 * len(text), 120), 255)
    ImageDraw.Draw(picture).text((40, 30), text, font=font, fill=0)
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()
