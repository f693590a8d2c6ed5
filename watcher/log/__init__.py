"""
What the service says about itself, as facts with names.

    _log = log.get(__name__)
    _log.info("document.matched", source=ref.source, officers=3)

Only keys on the list in `facts` show their value. Before `setup` was called
nothing is written anywhere: a library's own default would print whole
tracebacks with their local variables.
"""

from __future__ import annotations

from watcher.log.facts import SHOWN
from watcher.log.says import Log, get
from watcher.log.setup import loop_handler, setup

__all__ = ["SHOWN", "Log", "get", "loop_handler", "setup"]
