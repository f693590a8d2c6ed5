"""
The `watcher` command: stdout is data, stderr is progress and messages.

Exit codes are a contract that scripts rely on (see `codes`). Heavy modules load
in the commands that need them, so that `watcher alerts` answers at once.
"""

from watcher.cli.main import main

__all__ = ["main"]
