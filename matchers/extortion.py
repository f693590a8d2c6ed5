"""
What thieves say of what they took: that its files are those of staff, and that it is out.
"""

from __future__ import annotations

import re

# `warrant_cards/`, `Staff photos.zip`: what thieves list when they publish.
_FILES = re.compile(
    r"(?<![a-z])(?:(?:warrant|id|access|police)[ _.-]?cards?|staff|personnel|payroll|officers|nominal[ _.-]?roll)"
    r"[\w -]{0,40}(?:[/\\]|\.(?:csv|xlsx?|ods|zip|7z|rar|sql|bak|db|mdb|accdb|pdf|pst|jpe?g|png)\b)",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:(?:data|files?|archives?|documents?|database|dump|leak|everything|all|100 ?%)"
    r"(?:\b|(?<=%))[^.;!?\n]{0,40}?\b(?:published|leaked|released|uploaded|disclosed|available)\b"
    r"|(?:published|leaked|disclosed) (?:data|files?|100 ?%)"
    r"|status\W{1,4}(?:published|leaked|disclosed)"
    r"|download (?:link|here|all|the|data|files?)|(?:full|complete) (?:dump|leak)\b|magnet:\?xt=)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:will|would|shall|may|might|can|could|to be|going|soon|not?|never|unless|until|if|before|when)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;\n]")
NEAR = 40  # characters before what is said, of one sentence, in which it may be made a threat


def lists_staff_files(text: str) -> bool:
    """Whether files or folders are listed that are called after staff or their cards."""
    return _FILES.search(text) is not None


def is_published(told: str) -> bool:
    """Whether an entry says that the data is published, and not that it will be."""
    for found in _OUT.finditer(told):
        before = _SENTENCE.split(told[max(0, found.start() - NEAR) : found.start()])[-1]
        if not _NOT_YET.search(before + found[0]):
            return True
    return False
