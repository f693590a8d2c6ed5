"""The store for the loop: one thread owns the book, and verbs are awaited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from watcher.errors import LockedError
from watcher.store.book import Book

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """
    A book in a thread of its own: `await store.do(Book.pend, name, refs, validators=…, now=…)`.

    Verbs go one after another, in the order they were asked for. A cancelled
    await leaves nothing half done: a verb that has begun ends by itself, one
    that has not is never begun. Every verb can be repeated.
    """

    def __init__(self, book: Book, thread: ThreadPoolExecutor) -> None:
        self._book = book
        self._thread = thread
        # Verbs that came to their end, or found that another process keeps it locked.
        self.turns = 0

    @classmethod
    async def open(cls, path: Path, *, create: bool = False) -> Store:
        """Open the book on its thread. Raises StoreError as `Book.open` does."""
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            book = await asyncio.get_running_loop().run_in_executor(
                thread, lambda: Book.open(path, create=create)
            )
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(book, thread)

    async def do(
        self, verb: Callable[Concatenate[Book, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `verb(book, *args, **kwargs)` returns or raises, in the book's thread."""
        import asyncio

        def turn() -> T:
            try:
                done = verb(self._book, *args, **kwargs)
            except LockedError:
                self.turns += 1
                raise
            self.turns += 1
            return done

        return await asyncio.get_running_loop().run_in_executor(self._thread, turn)

    async def close(self) -> None:
        """Finish what was asked for, then close. Closing again does nothing."""
        import asyncio

        thread = self._thread
        try:
            closing = asyncio.get_running_loop().run_in_executor(thread, self._book.close)
        except RuntimeError:  # the thread takes no more work: closed before
            return
        thread.shutdown(wait=False)
        await asyncio.shield(closing)

    async def __aenter__(self) -> Store:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
