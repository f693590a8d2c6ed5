"""Text from strangers, made fit for one line of a terminal, a log or an address."""

from __future__ import annotations

import unicodedata

# Control, format (with bidirectional and zero-width), surrogate, line and paragraph
# separator (Unicode, table 4-4). A line break would forge a record, an escape sequence
# would write to the reader's terminal, an override would turn the line around.
_STEERING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def clean(text: str, instead: str = "\N{REPLACEMENT CHARACTER}") -> str:
    """The text with each character that steers instead of showing replaced by `instead`."""
    return "".join(instead if unicodedata.category(each) in _STEERING else each for each in text)
