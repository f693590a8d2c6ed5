r"""
Short values written as numbers inside a text: `0x4E65696C`, `X'4E65696C'`, `CHAR(78,101)`, `\x4e\x65`, `%22Ne%22`.

So dumps of databases write columns of bytes, and programs what they veil. Each is too short to be
a document of its own; what the lines say with all of them decoded is a second
reading of these lines. ISO/IEC 9075-2, 5.3 (binary string literals); RFC 3986, 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

FEWEST = 3  # values that say something
_NAME = 12  # letters of `fromCharCode`
_LONG = 24  # signs of one that is enough by itself

# Patterns begin with what they cannot be without, so that a text without it costs one search.
_HEX = re.compile(r"0x((?:[0-9A-Fa-f]{2}){2,256})\b")
_QUOTED = re.compile(r"[xX]'((?:[0-9A-Fa-f]{2}){2,256})'")
_SIGN = r"\b(?:N?CHA?R|fromCharCode)\(\s{0,4}\d{2,3}(?:\s{0,4},\s{0,4}\d{2,3}){0,4096}\s{0,4}\)"
_CHARS = re.compile(rf"{_SIGN}(?:\s{{0,4}}(?:\|\||\+|&)\s{{0,4}}{_SIGN}){{0,255}}", re.IGNORECASE)
_SIGNED = r"\\(?:x[0-9A-Fa-f]{2}|u00[0-7][0-9A-Fa-f]|[01][0-7]{2})"
_ESCAPED = re.compile(rf"{_SIGNED}(?:{_SIGNED}){{1,4095}}")
# What forms and addresses carry: from the first quote, bracket, comma or line end on.
_PERCENT = re.compile(r"%(?:22|7[Bb]|5[Bb]|2[Cc]|0[Aa])(?:[\w.~!*'()+-]|%[0-9A-Fa-f]{2}){4,20000}")
_ONE = re.compile(r"\\x(..)|\\u00(..)|\\(...)")
_CALL = re.compile(
    r"\(\s{0,4}\d{2,3}\s{0,4}[,)]"
)  # of one of them: found before what stands before it
_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"\d{2,3}")
_SAID = re.compile(r"[\w \t,.;:'@/+()-]{2,}")
_KINDS = (
    (_PERCENT, ("%22", "%2", "%0", "%5", "%7")),
    (_HEX, ("0x",)),
    (_QUOTED, ("x'", "X'")),
    (_CHARS, ("(",)),
    (_ESCAPED, ("\\x", "\\u00", "\\0", "\\1")),
)


def _value(found: re.Match[str]) -> str | None:
    """What a value says; None where it is no text."""
    if found.re is _PERCENT:
        said = unquote_plus(found[0])
        return said if said.replace("\n", " ").replace("\r", " ").isprintable() else None
    if found.re in (_HEX, _QUOTED):
        if _WORD.match(found.string, max(0, found.start() - 1), found.start()):
            return None  # the end of a longer word
        data = bytes.fromhex(found[1])
    elif found.re is _CHARS:
        data = bytes(min(int(each), 0xFF) for each in _NUMBER.findall(found[0]))
    else:
        signs = _ONE.findall(found[0])
        data = bytes(int(octal, 8) if octal else int(one or two, 16) for one, two, octal in signs)
    try:
        said = data.decode()
    except UnicodeDecodeError:
        return None
    if found.re is _ESCAPED and len(said) >= _LONG and found[0].startswith("\\x"):
        return None  # a run, which is a document of its own
    return said if _SAID.fullmatch(said.replace("\n", " ").replace("\r", " ")) else None


def _called(text: str) -> Iterator[re.Match[str]]:
    """The calls of `_CHARS`: looked for by their arguments, which are rarer than letters."""
    end = 0
    for call in _CALL.finditer(text):
        begin = call.start()
        while begin > end and text[begin - 1].isalpha() and call.start() - begin < _NAME:
            begin -= 1
        if begin >= end and (found := _CHARS.match(text, begin)):
            end = found.end()
            yield found


def lines(text: str) -> tuple[int, int] | None:
    """Where in a text the lines stand that have such values: their beginning and end."""
    first, last, number = len(text), 0, 0
    for pattern, signs in _KINDS:
        if not any(each in text for each in signs):
            continue
        for found in _called(text) if pattern is _CHARS else pattern.finditer(text):
            if (said := _value(found)) is not None:
                number += FEWEST if len(said) >= _LONG else 1
                first, last = min(first, found.start()), max(last, found.end())
    if number < FEWEST:
        return None
    return text.rfind("\n", 0, first) + 1, text.find("\n", last) + 1 or len(text)


def plain(text: str) -> bytes:
    """These lines with their values decoded, those of SQL between quotes."""

    def said(found: re.Match[str]) -> str:
        value = _value(found)
        if value is None:
            return found[0]
        return value if found.re in (_ESCAPED, _PERCENT) else "'" + value.replace("'", "''") + "'"

    for pattern, _ in _KINDS:
        text = pattern.sub(said, text)
    return text.encode("utf-8", "replace")
