"""
The nouns a document becomes on its way.

    Ref → Capture → Part → Tally → Finding → Evidence → Alert → Delivery

All are frozen and passed by keyword. What was found in a document (`text`,
`body`, headers, a roster's values) is left out of every `repr`, so that a log
line or a traceback cannot become the second leak.
"""

from watcher.model.documents import (
    CELL,
    ROW,
    Body,
    Capture,
    Part,
    Reached,
    Ref,
    Unread,
    Why,
    last_step,
)
from watcher.model.matching import Family, Match, Record, Roll, Sign, Tally
from watcher.model.notices import OK, Notice
from watcher.model.outcomes import (
    BREACH,
    Alert,
    Clean,
    Delivery,
    Evidence,
    Failed,
    Finding,
    Outcome,
    Partial,
    Severity,
    one_data_set,
)
from watcher.model.people import Officer, Person
from watcher.model.segments import Group, Segment
from watcher.model.traces import Trace

__all__ = [
    "BREACH",
    "CELL",
    "OK",
    "ROW",
    "Alert",
    "Body",
    "Capture",
    "Clean",
    "Delivery",
    "Evidence",
    "Failed",
    "Family",
    "Finding",
    "Group",
    "Match",
    "Notice",
    "Officer",
    "Outcome",
    "Part",
    "Partial",
    "Person",
    "Reached",
    "Record",
    "Ref",
    "Roll",
    "Segment",
    "Severity",
    "Sign",
    "Tally",
    "Trace",
    "Unread",
    "Why",
    "last_step",
    "one_data_set",
]
