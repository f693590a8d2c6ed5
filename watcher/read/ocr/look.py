"""
One look at one picture, within what is left for its document.

Decoders of pictures and the recogniser are native code: each look is a step
that may take the process with it (`Budget.dare`).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.ocr.engine import Grey

EACH = 30.0  # seconds for one picture; a dense page of A3 takes five
HIGH, WIDE = 8, 16  # pixels below which no word can be read


def text(seen: Callable[[], Grey], budget: Budget) -> str:
    """
    The words in what `seen` decodes, "" where OCR is off.

    `seen` looks at a picture's size before it decodes it. Raises Trouble:
    LIMIT, LOST where a look like this took the process before, UNSUPPORTED
    where the engine did not start.
    """
    sight = budget.sight
    if sight is None:
        return ""
    if sight.engine is None:
        raise Trouble(Why.UNSUPPORTED)
    if sight.seconds <= 0:
        raise Trouble(Why.LIMIT)
    if not budget.dare():
        raise Trouble(Why.LOST)
    begun = time.monotonic()
    try:
        grey = seen()
        if grey.width < WIDE or grey.height < HIGH:
            return ""
        digest = hashlib.blake2b(grey.data, digest_size=16).digest()
        if digest in sight.read:
            return sight.read[digest]  # the crest in every letter of a mailbox
        if not sight.pictures:
            raise Trouble(Why.LIMIT)
        sight.pictures -= 1
        found = sight.engine.text(grey, min(EACH, sight.seconds))
    except (TimeoutError, MemoryError):
        raise Trouble(Why.LIMIT) from None
    finally:
        budget.dared()
        sight.seconds -= time.monotonic() - begun
    sight.read[digest] = found
    budget.spend(len(found))
    return found
