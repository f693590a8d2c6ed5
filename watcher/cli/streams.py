"""
The three streams of the process, made fit for any surroundings.

A stream may be closed, full or without a reader, and a locale may know no
letter beyond ASCII. None of that is a fault of the program, and none of it may
end a command with a code that says something else.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Buffer
from typing import TextIO

from watcher.errors import ConfigError, WatcherError
