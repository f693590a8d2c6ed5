"""
Words of a document with which its own encrypted archives are tried.

Who posts an archive with a password says it beside: in the text of the mail
that carries it, in a file next to it, in its name, in its comment. What
stands behind such a word is heard as the document is read, and forgotten with
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TRIES = 40  # words that are tried on one archive
EFFORT = 1 << 10  # for a document; a try costs 1, or 1 for each 2**15 rounds of hashing
_KEPT = 200
_HEARD = 1 << 16  # characters at the beginning and the end of a part
# White space is counted, or a page of it would be walked again from each of its places.
_SAID = re.compile(
    r"(?<![a-z])(?:pass(?:word|wort|code|phrase|wd)?|passw|pwd|pw|key|kennwort)(?![a-z])"
    r"[\"'*_`)]{0,3}(?:\s{1,9}(?:is|was|for\s{1,9}\S{1,40}(?:\s{1,9}is)?))?"
    r"\s{0,9}(?:=>|->|[:=\-–—>|]){0,2}[*_]{0,2}\s{0,9}(\S{1,64})",
    re.IGNORECASE,
)
_SIGNS = ("pass", "pw", "key", "kennwort")  # one of them is in whatever matches
_AROUND = "\"'`*<>()[]{}"
_AFTER = ".,;:!?"


class Words:
    """What may be a password, in the order in which it was heard; what worked comes first."""

    def __init__(self) -> None:
        self._words: dict[str, None] = {}
        self._effort = EFFORT

    def __repr__(self) -> str:
        return f"Words({len(self._words)})"

    def hear(self, text: str) -> None:
        """Keep what stands behind a word for a password."""
        if len(text) > 2 * _HEARD:
            self.hear(text[:_HEARD])
            text = text[-_HEARD:]
        low = text.lower()
        if not any(each in low for each in _SIGNS):
            return
        for found in _SAID.finditer(text):
            said = found[1]
            bare = said.strip(_AROUND)
            for each in (said, bare, bare.rstrip(_AFTER).strip(_AROUND)):
                if each and len(self._words) < _KEPT:
                    self._words.setdefault(each)

    def tried(self, cost: int = 1) -> Iterator[str]:
        """Words to try, as long as the effort for the document lasts; each try has this cost."""
        for word in list(self._words)[:TRIES]:
            if self._effort < cost:
                return
            self._effort -= cost
            yield word

    def worked(self, word: str) -> None:
        """What lies beside the thing that this word opened may have the same."""
        self._words.pop(word, None)
        self._words = {word: None, **self._words}
