"""A page that is a picture is looked at once and never silently passed over."""

from __future__ import annotations

from tests.watcher.read.made import BOUNDS
from watcher.model import Unread, Why
from watcher.read.budget import Budget
from watcher.read.pdf.page import Drawn
from watcher.read.pdf.pictured import Pictured

PAGE = 595.0 * 842.0


def pictured(*, pictures: int, number: int | None = 1) -> list[object]:
    drawn = Drawn()
    drawn.pictures = pictures
    found = Pictured(b"", Budget(BOUNDS)).page(
        drawn, "", PAGE, number=number, where="page 1", hidden=False
    )
    return list(found)


def test_without_ocr_it_is_told_as_unread() -> None:
    """Also where it stands in no tree, and no page is made of nothing."""
    assert pictured(pictures=1) == [Unread(where="page 1", why=Why.IMAGE_ONLY)]
    assert pictured(pictures=1, number=None) == [Unread(where="page 1", why=Why.IMAGE_ONLY)]
    assert pictured(pictures=0) == []
