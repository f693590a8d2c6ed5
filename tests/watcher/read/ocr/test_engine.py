from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.watcher.read.ocr.scanned import engine, is_list, needed, page
from watcher.read.ocr.engine import FOLDERS, Engine, Grey, missing
from watcher.read.ocr.picture import grey


def test_what_is_missing_is_named_and_how_it_is_mended(tmp_path: Path) -> None:
    """The data of a language, and of the way a page is turned."""
    lack = missing(("eng", "chi_sim"), (str(tmp_path),))
    assert lack is not None
    assert lack.what == "tesseract has no data for osd, eng, chi_sim"
    assert lack.mend.startswith(
        "apt install tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-sim, "
    )
    for name in ("osd", "eng"):
        (tmp_path / f"{name}.traineddata").touch()
    assert missing(("eng",), (str(tmp_path / "no"), str(tmp_path))) is None


@needed
def test_data_that_are_none_are_an_error() -> None:
    """Of a language that is not there; nothing is guessed in its place."""
    assert missing(("eng",)) is None
    assert any(Path(each).is_dir() for each in FOLDERS)
    with pytest.raises(OSError, match="no data"):
        Engine(("xyz",))


@needed
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_rows_stay_rows_whichever_way_the_page_lies(degrees: int) -> None:
    """A scanner takes a page as it is laid on it. The gaps between columns are kept."""
    rows = [("Adebayo", "Sergeant", "4400123"), ("Quill", "Constable", "4400124")] * 6
    turned = page(rows).rotate(degrees, expand=True, fillcolor=255)
    text = engine().text(grey(turned), 60)
    assert is_list(text)
    assert "Adebayo   " in text


@needed
def test_what_takes_too_long_is_a_time_out_and_the_next_is_read() -> None:
    """A page of text in a millisecond."""
    full = grey(page([("Adebayo", "Sergeant", "4400123")] * 25))
    with pytest.raises(TimeoutError):
        engine().text(full, 0.001)
    assert is_list(engine().text(grey(page()), 60))


@needed
def test_a_picture_without_words_says_nothing() -> None:
    """White, and noise."""
    for picture in (Image.new("L", (900, 900), 255), Image.effect_noise((300, 300), 90)):
        assert engine().text(grey(picture), 60).strip() == ""


def test_pixels_are_not_shown() -> None:
    """What a picture holds is in no representation of it."""
    assert "data" not in repr(Grey(width=1, height=1, data=b"x"))
