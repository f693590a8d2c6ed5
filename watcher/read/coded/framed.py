"""
Letters between marks that say what they are: uuencode (POSIX), ASCII85 (Adobe).

Whoever writes such a mark means it: what then cannot be decoded is Trouble.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from watcher.model import Why
from watcher.read.budget import Trouble
from watcher.read.coded.cursor import Cursor
from watcher.read.coded.letters import Ascii85

BEGIN = re.compile(r"begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n(?=[!-M][ -`]{1,60}[ \t]?\r?(?:\n|\Z))")
_LINE = 100
_SIZE_AT = 32
_END_85 = re.compile(r"~(?:>|\Z)")


def uudecoded(cursor: Cursor) -> Iterator[bytes]:
    """The bytes of the file whose `begin` line stands at the cursor. Raises Trouble."""
    found = BEGIN.match(cursor.text, cursor.at, cursor.end)
    cursor.at = found.end() if found else cursor.at
    for line in cursor.lines(_LINE):
        if line.rstrip("\r\n") == "end":
            return
        size = (ord(line[0]) - _SIZE_AT) & 63
        if line[0] > "`" or (not size and line.strip("` \r\n")):
            break
        # Some writers add a check sum, some mailers cut the spaces off.
        letters = line.rstrip("\r\n")[: 1 + (size + 2) // 3 * 4]
        try:
            data = binascii.a2b_uu(letters.encode("ascii", "replace"))
        except binascii.Error:
            break
        if not line.endswith("\n"):
            data = data[: (len(letters) - 1) * 3 // 4]  # it was cut here
        if data:
            yield data
    raise Trouble(Why.BROKEN)


def may_be_85(cursor: Cursor) -> bool:
    """
    Whether the first `~` behind the `<~` at the cursor, as far as it is in hand, closes it.

    It is no letter of Ascii85; without this look a text of `<~` is decoded from each of them.
    """
    other = cursor.text.find("~", cursor.at + 2, cursor.end)
    return other < 0 or other + 1 == cursor.end or cursor.text[other + 1] == ">"


def eighty_five(cursor: Cursor) -> Iterator[bytes]:
    """The bytes between `<~`, which stands at the cursor, and `~>`. Raises Trouble."""
    cursor.at += 2
    letters = Ascii85()
    while True:
        found = _END_85.search(cursor.text, cursor.at, cursor.end)
        end = found.start() if found else cursor.end
        if data := letters.feed(cursor.text[cursor.at : end]):
            yield data
        cursor.at = end
        if found and found[0] == "~>":
            cursor.at = found.end()
            break
        if not cursor.pull():
            raise Trouble(Why.BROKEN)
    yield letters.finish()
