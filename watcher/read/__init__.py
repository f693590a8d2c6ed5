"""
The reading room: bytes → parts, in worker processes that may be lost without losing the service.

    Readers.read     service: plain text is decoded here, the rest goes to a worker
      └ worker       confines itself, then lets `dispatch` open the document
          └ dispatch   sniffs, and opens it and what is inside it with the readers
              └ a reader for each family: `formats` has the list

A reader yields parts and members and calls no other reader. What cannot be
read is an `Unread`, never silence and never an exception.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watcher.read.workers.pool import Readers

__all__ = ["Readers"]


def __getattr__(name: str) -> Any:
    """The service's side, loaded when it is asked for: a worker has no use for it."""
    if name == "Readers":
        from watcher.read.workers.pool import Readers

        return Readers
    raise AttributeError(name)
