"""
A folder that documents are put into: an upload area, a mirror, a mailbox export.

    [sources.inbox]
    kind = "folder"
    path = "/srv/inbox"
    pattern = "**/*.xlsx"

A file that changes is read again: its version is its time and size. Links that
lead out of the folder are not followed.
"""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import ClassVar, NoReturn
from urllib.parse import quote, unquote_to_bytes

from sources.listed import bounded, complete
from watcher.api import Body, Capture, ConfigError, FetchError, Ref, SourceError, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """`pattern` is a glob inside `path`; `**` stands for any depth of folders."""

    website: ClassVar[bool] = False  # nobody is asked

    name: str
    every: timedelta = timedelta(minutes=5)
    path: Path
    pattern: str = "**/*"
    minimum: int = 0

    def __post_init__(self) -> None:
        pattern = PurePosixPath(self.pattern)
        if not pattern.parts or pattern.is_absolute() or ".." in pattern.parts:
            raise ConfigError('pattern: needs a glob inside `path`, e.g. "**/*.csv"')
        if pattern.name == "**" or self.pattern.endswith("/"):
            # Folders only, so that nothing would ever be listed; since Python 3.13 `**` is files too.
            raise ConfigError(f'pattern: "{self.pattern}" picks folders; write "{pattern}/*"')
        if any("**" in step and step != "**" for step in pattern.parts):
            # An error at each visit before Python 3.13, and no more than `*` since.
            raise ConfigError('pattern: "**" is a step of its own, e.g. "**/*.csv"')

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """All files that match, the newest first. Raises SourceError."""
        found = await asyncio.to_thread(self._files)
        complete(self.name, listed=len(found), minimum=self.minimum)
        for ref in found:
            yield ref

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The file, left where it lies. Raises FetchError."""
        return await asyncio.to_thread(self._capture, ref)

    def _files(self) -> list[Ref]:
        home = self._home()
        for _ in os.walk(home, onerror=_unreadable):
            pass  # a glob passes over what it may not enter, in silence
        found: list[tuple[int, Ref]] = []
        try:
            for path in home.glob(self.pattern):
                try:
                    facts = path.stat()
                    if not stat.S_ISREG(facts.st_mode) or not path.resolve().is_relative_to(home):
                        continue
                except FileNotFoundError:
                    continue  # gone since, or a link to nothing
                place = quote(os.fsencode(path.relative_to(home)), safe="/")
                ref = Ref(
                    source=self.name,
                    key=bounded(place),
                    url=path.as_uri(),
                    version=f"{facts.st_mtime_ns} {facts.st_size}",
                )
                found.append((facts.st_mtime_ns, ref))
        except OSError as problem:
            _unreadable(problem)
        found.sort(key=lambda each: each[0], reverse=True)
        return [ref for _, ref in found]

    def _home(self) -> Path:
        try:
            home = self.path.resolve(strict=True)
        except OSError as problem:
            _unreadable(problem)
        if not home.is_dir():
            raise SourceError(f"path: {self.path} is not a folder")
        return home

    def _capture(self, ref: Ref) -> Capture:
        path = Path(os.fsdecode(unquote_to_bytes(ref.url.removeprefix("file://"))))
        try:
            if not path.resolve(strict=True).is_relative_to(self.path.resolve(strict=True)):
                raise FetchError("the file now lies outside the source's folder", retry=False)
            before = path.stat()
            if not stat.S_ISREG(before.st_mode):
                raise FetchError("what was a file is none any more", retry=False)
            body = Body(path)
            after = path.stat()
        except OSError as problem:
            raise FetchError(
                f"the file cannot be read now ({problem.strerror}); it may be on its way",
                retry=True,
            ) from None
        if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
            raise FetchError("the file is being written", retry=True)
        return Capture(ref=ref, taken_at=datetime.now(UTC), url=ref.url, body=body)


def _unreadable(problem: OSError) -> NoReturn:
    mend = (
        "make it"
        if problem.errno == errno.ENOENT
        else "give the service's account leave to read it"
    )
    raise SourceError(
        f"path: {problem.filename} cannot be read ({problem.strerror}): {mend}, or name another folder"
    ) from None
