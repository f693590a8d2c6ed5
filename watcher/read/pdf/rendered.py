"""
A page of a PDF as pixels: PDFium draws it where there is no text to take.

A scan is seldom one picture: scanners cut it into strips, and lay letters and
paper one over the other (ISO 32000-2, 8.9.6). Drawn as a page, it is whole
and the right way up. Boxes over a picture are left out: what they hide is in
the file, and who has the file can take them away.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.ocr.engine import Grey

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

RESOLUTION = 300  # dots per inch: letters of 6 points are 25 pixels high
PIXELS = 24_000_000  # of one page; a larger one is drawn coarser
_COARSE = 50  # dots per inch at which nothing can be read any more
_BOX = 8  # segments of a path: a box, and no letter
_POINTS = 72


class Rendered:
    """The pages of one file."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._opened: PdfDocument | None = None

    def page(self, index: int, pages: int, most: int) -> Grey:
        """
        A page, from 0. Raises Trouble: LIMIT where a picture on it has more than `most` pixels.

        `pages`: how many there must be for their numbers to mean the same.
        """
        from pypdfium2 import PdfDocument, PdfiumError

        try:
            if self._opened is None:
                self._opened = PdfDocument(self._body)
            if len(self._opened) != pages:
                raise Trouble(Why.IMAGE_ONLY)
            page = self._opened[index]
            try:
                return _drawn(page, most)
            finally:
                page.close()
        except (PdfiumError, ValueError, OverflowError):
            raise Trouble(Why.IMAGE_ONLY) from None


def _drawn(page: PdfPage, most: int) -> Grey:
    area = page.get_width() * page.get_height() / _POINTS**2
    dots = min(RESOLUTION, math.sqrt(PIXELS / area)) if area > 0 else 0
    if dots < _COARSE:
        raise Trouble(Why.LIMIT)
    if _pictures(page, most):
        _unboxed(page)
    bitmap = page.render(
        scale=dots / _POINTS, grayscale=True, may_draw_forms=False, draw_annots=False
    )
    try:
        lines = memoryview(bitmap.buffer)
        data = b"".join(
            bytes(lines[at : at + bitmap.width])
            for at in range(0, bitmap.height * bitmap.stride, bitmap.stride)
        )
        return Grey(width=bitmap.width, height=bitmap.height, data=data, resolution=int(dots))
    finally:
        bitmap.close()


def _pictures(page: PdfPage, most: int) -> int:
    """How many pictures stand on a page. Raises Trouble(LIMIT) where one is too large."""
    from pypdfium2 import PdfImage
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    number = 0
    for each in page.get_objects(filter=(FPDF_PAGEOBJ_IMAGE,)):
        assert isinstance(each, PdfImage)
        width, height = each.get_px_size()
        if width * height > most:
            raise Trouble(Why.LIMIT)
        number += 1
    return number


def _unboxed(page: PdfPage) -> None:
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH, FPDFPath_CountSegments

    for each in list(page.get_objects(filter=(FPDF_PAGEOBJ_PATH,), max_depth=1)):
        if FPDFPath_CountSegments(each.raw) <= _BOX:
            page.remove_obj(each)
            each.close()
