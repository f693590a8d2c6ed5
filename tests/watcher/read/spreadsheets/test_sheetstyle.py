from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, archive
from tests.watcher.read.sheets import xlsx
from watcher.read.budget import Budget
from watcher.read.spreadsheets.sheetstyle import MEMBER, colour, number, styles, whole


@pytest.mark.parametrize(
    ("told", "unseen"),
    [
        ({"font_color": "#FFFFFF"}, True),
        ({"font_color": "#FFFFFF", "bg_color": "#FFFFFF"}, True),
        ({"font_color": "#FFFFFF", "bg_color": "#000080"}, False),
        ({"font_color": "#123456", "bg_color": "#123456"}, True),
        ({"font_color": "#123456"}, False),
        ({"font_size": 1}, True),
        ({"num_format": ";;;"}, True),
        ({"bold": True}, False),
    ],
)
def test_a_style_shows_its_text_or_not(told: dict[str, object], unseen: bool) -> None:
    """Text in the colour of its ground, of one point, or with an empty format is unseen."""

    def fill(book: object) -> None:
        book.add_worksheet().write(0, 0, "x", book.add_format(told))  # type: ignore[attr-defined]  # xlsxwriter is untyped

    with zipfile.ZipFile(io.BytesIO(xlsx(fill))) as opened:
        assert styles(opened, Budget(BOUNDS)).unseen == ({1} if unseen else set())


def test_broken_styles_are_plain() -> None:
    """Torn or missing styles hide nothing."""
    for members in ([], [(MEMBER, b"<styleSheet><fonts><font>")]):
        with zipfile.ZipFile(io.BytesIO(archive([("a", b""), *members]))) as opened:
            found = styles(opened, Budget(BOUNDS))
        assert (found.unseen, found.forms) == (set(), [])


@given(st.dictionaries(st.sampled_from(["rgb", "indexed", "theme", "tint"]), st.text()), st.text())
def test_any_attribute_is_taken(attributes: dict[str, str], text: str) -> None:
    """Colours and numbers of any writing are told without a fault."""
    assert isinstance(colour(attributes), str)
    assert number(text, 1.0) is not None
    assert whole(text) >= 0
