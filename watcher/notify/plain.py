"""Text that no chat takes for more than text. Titles of leaks may be written by an enemy."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_DROPPED = {
    "Cc",
    "Cf",
    "Cn",
    "Co",
    "Cs",
}  # control, bidi and zero width, unassigned, private, surrogates
_MENTIONS = "@\N{FULLWIDTH COMMERCIAL AT}\N{SMALL COMMERCIAL AT}"


def plain(text: str, limit: int) -> str:
    """
    One line of at most `limit` characters, without control and bidi characters and without @.

    What a chat would turn into a link is taken apart.
    """
    spaced = "".join(" " if each.isspace() else each for each in text)
    kept = "".join(
        each
        for each in spaced
        if each not in _MENTIONS and unicodedata.category(each) not in _DROPPED
    )
    line = " ".join(kept.split())
    for linked, apart in (("://", "[:]//"), ("](", "] ("), ("www.", "www[.]")):
        line = line.replace(linked, apart)
    return _cut(list(line), limit)


def escaped(text: str, limit: int) -> str:
    """`plain` text with & < > as entities, which Slack and Mattermost ask for; `limit` counts them whole."""
    return _cut([_ENTITIES.get(each, each) for each in plain(text, limit)], limit)


def _cut(pieces: list[str], limit: int) -> str:
    """As many whole pieces as fit, with an ellipsis in the place of the rest."""
    length, room = 0, 0  # so far; how many pieces leave a place for the ellipsis
    for index, piece in enumerate(pieces):
        length += len(piece)
        if length > limit:
            return "".join(pieces[:room]) + "…"
        if length < limit:
            room = index + 1
    return "".join(pieces)


def defanged(url: str) -> str:
    """
    The host of this address so that nobody can click it: `foi[.]example`.

    "" where there is none (a file), or where the address cannot be read.
    Nothing else of the address is in it.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return plain(host, 253).replace(".", "[.]").replace(":", "[:]")
