"""
The words in a picture: its pixels decoded by Pillow, each of its pages looked at.

A TIFF has pages; of pictures that move the first one is looked at. Nothing is
decoded before its size is known.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.ocr import look
from watcher.read.ocr.engine import Grey
from watcher.read.text import windows

if TYPE_CHECKING:
    from PIL import Image

WHERE = "words in the picture (OCR)"
LARGE = 24_000_000  # pixels: A4 at 600 dots per inch has 35 million, and is read as well at 300

# What `sniff` calls a picture and Pillow decodes; none that runs a program.
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP", "AVIF", "JPEG2000")
# Of these the walk through their blocks tells that they are torn: what is there is looked at.
_WALKED = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF", b"BM")


def words(body: bytes, budget: Budget) -> Iterator[Part | Unread]:
    """What can be read in it, page by page; nothing where OCR is off or no word is seen."""
    if budget.sight is None:
        return
    held: list[Image.Image] = []
    page = 1
    while True:
        where = WHERE if page == 1 else f"page {page}, {WHERE}"
        try:
            text = look.text(lambda: _page(body, held, budget), budget)
        except Trouble as trouble:
            yield Unread(where=where, why=trouble.why)
            if trouble.why is not Why.BROKEN or not held:
                return
        else:
            if text.strip():
                yield from windows([text], where)
        if held[0].format != "TIFF":
            return
        page += 1
        try:
            held[0].seek(page - 1)
        except EOFError:
            return
        except Exception:  # noqa: BLE001  # damaged pictures raise anything there is
            yield Unread(where=f"page {page}, {WHERE}", why=Why.BROKEN)
            return


def _page(body: bytes, held: list[Image.Image], budget: Budget) -> Grey:
    """The page in hand in grey, or the first one. Raises Trouble."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    assert budget.sight is not None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is damaged, and of sizes
            ImageFile.LOAD_TRUNCATED_IMAGES = body.startswith(_WALKED)
            if not held:
                Image.init()  # or it knows the commonest formats only
                held.append(Image.open(io.BytesIO(body), formats=_FORMATS))
            picture = held[0]
            if picture.width * picture.height > budget.sight.pixels:
                raise Trouble(Why.LIMIT)
            return grey(picture)
    except (MemoryError, Trouble):
        raise
    except Image.DecompressionBombError:
        raise Trouble(Why.LIMIT) from None
    except UnidentifiedImageError:
        raise Trouble(Why.UNSUPPORTED) from None
    except Exception:  # noqa: BLE001  # damaged pictures raise anything there is
        raise Trouble(Why.BROKEN) from None


def grey(picture: Image.Image) -> Grey:
    """A picture as it is held upright, dark on white where nothing is drawn, at most `LARGE`."""
    from PIL import Image, ImageOps

    dots = picture.info.get("dpi", (0, 0))[0]
    if picture.format in ("JPEG", "MPO"):
        picture.draft("L", picture.size)  # its brightness is stored by itself
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith(("I", "F")):
        # 16 bits of grey; Pillow would cut what is above 255.
        least, most = picture.getextrema()
        scale = 255 / ((most - least) or 1)  # type: ignore[operator]  # one band: two numbers
        picture = picture.point(lambda each: each * scale - least * scale)  # type: ignore[operator]
        picture = picture.convert("L")
    elif picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    picture = picture.convert("L")
    if picture.width * picture.height > LARGE:
        picture, dots = picture.reduce(2), dots / 2
    return Grey(
        width=picture.width,
        height=picture.height,
        data=picture.tobytes(),
        resolution=int(dots) if 0 < dots < 10_000 else 0,
    )
