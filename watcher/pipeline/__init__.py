"""
The road a document travels.

    fetch → read → match → assess → record → store

`take` brings one document down it, `visit` one source, `deliver` tells what is
due; `road` builds what they need. Daemon and scan both call these. Notifying
reads from the store, so that what is not stored cannot be sent and what is
stored is sent even after a crash.
"""

from watcher.pipeline.deliver import deliver, deliver_to
from watcher.pipeline.road import Road
from watcher.pipeline.take import Taken, take
from watcher.pipeline.visit import Visited, visit
from watcher.pipeline.work import Missed

__all__ = ["Missed", "Road", "Taken", "Visited", "deliver", "deliver_to", "take", "visit"]
