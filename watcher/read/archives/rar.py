"""
RAR archives, versions 3 to 5: names by rarfile, contents by libarchive where the system has it.

Both read the headers for themselves, so that names are told where the content
cannot be had: no reader, an encrypted member, a volume that is not there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from watcher.model import Unread, Why
from watcher.read.archives import foreign
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names
from watcher.read.stream import Item, Stream
from watcher.read.text import windows

# What a parser raises on bytes that are no archive.
_FAULTS = (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def _listed(body: bytes) -> tuple[list[tuple[str, bool]], str, Why | None]:
    """(name, whether it is encrypted) of each member, the comment, and what is wrong."""
    import struct

    import rarfile

    seen: list[int] = []

    def heard(info: Any) -> None:
        seen.append(info.type)

    try:
        with rarfile.RarFile(
            io.BytesIO(body), errors="stop", part_only=True, info_callback=heard
        ) as archive:
            found = [
                (str(info.filename or ""), bool(info.needs_password()))
                for info in archive.infolist()
                if not info.is_dir()
            ]
            why = None if rarfile.RAR_BLOCK_ENDARC in seen else Why.BROKEN
            if not found and archive.needs_password():
                why = Why.ENCRYPTED  # the headers themselves
            return found, str(archive.comment or ""), why
    except rarfile.NeedFirstVolume:
        raise Trouble(Why.BROKEN) from None
    except (rarfile.Error, struct.error, *_FAULTS):
        raise Trouble(Why.BROKEN) from None


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The names, the comment, the members."""
    body = stream.whole(budget.bounds.held)
    names = Names()
    listed: list[tuple[str, bool]] = []
    whys: list[Why] = []
    try:
        listed, comment, why = _listed(body)
        for name, _ in listed:
            yield from names.add(name)
        yield from names.finish()
        yield from windows([comment], "comments of the archive", hidden=True)
        if why:
            raise Trouble(why)
        if all(locked for _, locked in listed) and listed:
            yield from (Unread(where=label(name), why=Why.ENCRYPTED) for name, _ in listed)
            return
    except Trouble as trouble:
        whys.append(trouble.why)
    if Why.ENCRYPTED not in whys:
        # Its own names were told, or else those that libarchive sees.
        others = Names()
        try:
            yield from foreign.contents(body, budget, others)
        except Trouble as trouble:
            whys.append(trouble.why)
        if not listed:
            yield from others.finish()
    yield from (Unread(where="", why=why) for why in dict.fromkeys(whys))
