"""Whether what is switched on for reading works: words in pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from watcher.config.settings import Config, Read
from watcher.doctor.check import Check
from watcher.model import Body, Capture, Part, Ref
from watcher.read import Readers
from watcher.read.ocr.engine import missing
from watcher.read.ocr.sample import line

SAMPLE = "4400123"  # digits are alike in the data of all languages


def ocr(config: Config, now: datetime) -> Iterator[Check]:
    """Whether a worker, confined as it is for any document, reads a number out of a picture."""
    languages = config.read.ocr.languages
    if not languages:
        yield Check(level="ok", what="OCR: off; pages that are only pictures are told as unread")
        return
    lack = missing(languages)
    if lack is not None:
        yield Check(level="error", what=f"[read.ocr] languages: {lack.what}", mend=lack.mend)
    elif SAMPLE in asyncio.run(_tried(config.read, now)):
        yield Check(level="ok", what=f"OCR: reads {', '.join(languages)}")
    else:
        yield Check(
            level="error",
            what="OCR: a picture of one number was not read",
            mend="apt install --reinstall tesseract-ocr; if that is no help, set languages = [] "
            "in [read.ocr]: pictures are then told as what they are",
            code=3,
        )


async def _tried(limits: Read, now: datetime) -> str:
    """What a worker reads in a picture of `SAMPLE`."""
    url = "file:///sample.png"
    capture = Capture(
        ref=Ref(source="doctor", key="sample", url=url),
        taken_at=now,
        url=url,
        body=Body(line(SAMPLE)),
    )
    async with Readers(replace(limits, workers=1)) as readers:
        return "".join(
            [each.text async for each in readers.read(capture) if isinstance(each, Part)]
        )
