"""
Values that say themselves that they are base64: `displayName:: …` (RFC 2849), `FN;ENCODING=B:…` (RFC 2426).

Whoever reads those notations reads such a value with the name of what it is.
"""

from __future__ import annotations

import re

from watcher.read.coded.cursor import Cursor

LONGEST = 160  # characters of a name and its parameters

_BEFORE = re.compile(
    r"\n[A-Za-z][A-Za-z0-9.;=-]{0,80}(?:::[ ]?|;ENCODING=(?:B|BASE64)(?:;[^:\n]{0,60})?:)\Z",
    re.IGNORECASE,
)


def is_value(cursor: Cursor) -> bool:
    """Whether what stands here is the value of a property of a directory's entry or of a card."""
    return _BEFORE.search(cursor.text[max(0, cursor.at - LONGEST) : cursor.at]) is not None
