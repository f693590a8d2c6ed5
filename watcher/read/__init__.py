"""
The reading room: bytes → parts, in worker processes that may be lost without losing the service.

    Readers.read     service: plain text is decoded here, the rest goes to a worker
      └ worker       confines itself, then lets `dispatch` open the document
          └ dispatch   sniffs, and opens it and what is inside it with the readers
              └ text · delimited · html · markup · spreadsheet · package · archive · compressed
        tar · sevenzip · rar · foreign · ar · cpio

A reader yields parts and members and calls no other reader. What cannot be
read is an `Unread`, never silence and never an exception.
"""

from watcher.read.pool import Readers

__all__ = ["Readers"]
