"""
The service: sources visited when they are due, deliveries made when they are due.

`Daemon` watches with one configuration; `serve` keeps one running, and takes
up another when the operator says so.
"""

from watcher.daemon.serve import serve
from watcher.daemon.watch import Daemon

__all__ = ["Daemon", "serve"]
