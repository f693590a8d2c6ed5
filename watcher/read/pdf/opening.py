"""
Opens a PDF: its table of objects mended where it is broken, its lock tried with the post's words.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.pdf.repair import mended
from watcher.read.words import Words

if TYPE_CHECKING:
    from pypdf import PdfReader


def _quiet() -> None:
    """The library quotes documents in its warnings: nobody hears them."""
    logger = logging.getLogger("pypdf")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def opened(body: bytes, words: Words) -> PdfReader:
    """The document, its table of objects rebuilt where it is broken. Raises Trouble."""
    from pypdf import PdfReader

    _quiet()
    for mend in (False, True):
        try:
            reader = PdfReader(io.BytesIO(mended(body) if mend else body))
            if reader.is_encrypted and not _unlocked(reader, words):
                raise Trouble(Why.ENCRYPTED)
            if reader.root_object.get("/Pages") is not None:
                return reader
        except (MemoryError, RecursionError, Trouble):
            raise
        except Exception as problem:  # noqa: BLE001  # damaged files raise anything there is
            if type(problem).__name__ == "DependencyError":
                raise Trouble(Why.ENCRYPTED) from None
    raise Trouble(Why.BROKEN)


def _unlocked(reader: PdfReader, words: Words) -> bool:
    """With no word, as most are (7.6.4.1), or with one that the document says beside it."""
    if reader.decrypt(""):
        return True
    for word in words.tried():
        if reader.decrypt(word):
            words.worked(word)
            return True
    return False
