"""
Tesseract, through tesserocr, and its language data, which the system's packages bring.

The library is loaded and its data read when an `Engine` is made: a worker
does that before it gives up the files. Only the LSTM recogniser is used; what
it reads of a picture depends on that picture alone, so that a second worker
reads the same (Smith, "An Overview of the Tesseract OCR Engine", ICDAR 2007).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image
    from tesserocr import PyTessBaseAPI

# Where Debian, Ubuntu, Fedora, Arch and a build by hand put it.
FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
LIBRARIES = ("PIL", "pypdfium2", "tesserocr")  # the extra `ocr`
TURNED = "osd"  # the data that tell which way a page is turned
_SURE = 60  # percent: text that stands on its head is read with 20 to 30, a poor scan with 70
_PLENTY = 4_000_000  # pixels: half as many rows and columns tell the way of a page as well
_LEAST = 70  # dots per inch below which tesseract takes a number for no number


@dataclass(frozen=True, slots=True, kw_only=True)
class Grey:
    """Pixels, a byte each, row by row from the top. `resolution`: dots per inch, 0 where unknown."""

    width: int
    height: int
    data: bytes = field(repr=False)
    resolution: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What OCR lacks on this machine, and how to mend it."""

    what: str
    mend: str


def missing(languages: Sequence[str], folders: Sequence[str] = FOLDERS) -> Lack | None:
    """What reading these languages lacks here. Loads nothing."""
    absent = [name for name in LIBRARIES if find_spec(name) is None]
    if absent:
        return Lack(
            what=f"OCR needs {', '.join(absent)}, not installed here (the extra `ocr`)",
            mend=f"{sys.prefix}/bin/pip install pillow pypdfium2 tesserocr, or set languages = []",
        )
    if _folder(languages, folders):
        return None
    there = {path.stem for folder in folders for path in Path(folder).glob("*.traineddata")}
    wanted = [name for name in (TURNED, *languages) if name not in there]
    packages = " ".join(dict.fromkeys(("tesseract-ocr", *map(_package, languages))))
    return Lack(
        what=f"tesseract has no data for {', '.join(wanted) or 'all of them in one folder'}",
        mend=f"apt install {packages}, or set languages = []",
    )


def _package(language: str) -> str:
    return "tesseract-ocr-" + language.lower().replace("_", "-")  # Debian's names


def _folder(languages: Sequence[str], folders: Sequence[str]) -> Path | None:
    """The first folder that has the data of all of them."""
    for folder in map(Path, folders):
        if all((folder / f"{name}.traineddata").is_file() for name in (TURNED, *languages)):
            return folder
    return None


class Engine:
    """The recogniser, its data in memory."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Raises OSError where `missing` says what is missing, or the data are none."""
        from tesserocr import OEM, PSM, PyTessBaseAPI

        folder = _folder(languages, FOLDERS)
        if folder is None:
            raise OSError("tesseract has no data for these languages")
        try:
            # One column: the rows of a table stay rows, which a search for columns would tear.
            self._reader = PyTessBaseAPI(
                path=str(folder),
                lang="+".join(languages),
                psm=PSM.SINGLE_COLUMN,
                oem=OEM.LSTM_ONLY,
            )
            # By itself: asked of the reader above, the library aborts.
            self._compass = PyTessBaseAPI(path=str(folder), lang=TURNED, psm=PSM.OSD_ONLY)
        except RuntimeError:
            raise OSError(f"{folder}: tesseract cannot use its data") from None
        # A gap between columns stays one: it makes the table that it is.
        self._reader.SetVariable("preserve_interword_spaces", "1")
        # Its remarks go to the standard error, which nobody hears: it would open a file
        # for them later, and crash where that is refused.
        for each in (self._reader, self._compass):
            each.SetVariable("debug_file", "")

    def text(self, picture: Grey, seconds: float) -> str:
        """
        The words, line by line, of the picture as it is, or turned as it seems to be meant.

        Raises TimeoutError where they take longer.
        """
        begun = time.monotonic()
        text, sure = self._read(picture, seconds)
        if text.strip() and sure >= _SURE:
            return text
        best = (sure if text.strip() else -1, text)
        for degrees in self._ways(picture):
            left = seconds - (time.monotonic() - begun)
            text, sure = self._read(_turned(picture, degrees), left)
            if text.strip():
                best = max(best, (sure, text))
            if best[0] >= _SURE:
                break
        return best[1]

    def _read(self, picture: Grey, seconds: float) -> tuple[str, int]:
        """The words, and how sure they are, in percent."""
        _shown(self._reader, picture)
        try:
            if not self._reader.Recognize(max(1, int(seconds * 1000))):
                raise TimeoutError
            return str(self._reader.GetUTF8Text()), int(self._reader.MeanTextConf())
        finally:
            self._reader.Clear()

    def _ways(self, picture: Grey) -> Sequence[int]:
        """Degrees, counterclockwise, by which the picture may have to be turned to be upright."""
        half = _image(picture)
        if half.width * half.height > _PLENTY:
            half = half.reduce(2)
        _shown(self._compass, Grey(width=half.width, height=half.height, data=half.tobytes()))
        try:
            found = self._compass.DetectOrientationScript()
        finally:
            self._compass.Clear()
        if not found:
            return (180, 90, 270)  # too few letters to tell, and to take long
        degrees = int(found["orient_deg"])
        return (degrees,) if degrees else ()


def _image(picture: Grey) -> Image.Image:
    from PIL import Image

    return Image.frombytes("L", (picture.width, picture.height), picture.data)


def _turned(picture: Grey, degrees: int) -> Grey:
    from PIL import Image

    made = _image(picture).transpose(Image.Transpose[f"ROTATE_{degrees}"])
    return replace(picture, width=made.width, height=made.height, data=made.tobytes())


def _shown(engine: PyTessBaseAPI, picture: Grey) -> None:
    engine.SetImageBytes(picture.data, picture.width, picture.height, 1, picture.width)
    if picture.resolution >= _LEAST:
        engine.SetSourceResolution(picture.resolution)
