"""How much of its pictures one document may have looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from watcher.read.ocr.engine import Engine


@dataclass(slots=True, kw_only=True)
class Sight:
    """
    What is left for the document in hand; counted down.

    `engine`: None where OCR is switched on and cannot be had, which is no silence;
    `pixels`: of one picture; `pictures`: pictures, and pages that are some;
    `seconds`: for all of them; `read`: what the pictures said, by digests of
    their pixels.
    """

    engine: Engine | None
    pixels: int
    pictures: int
    seconds: float
    read: dict[bytes, str] = field(default_factory=dict, repr=False)
