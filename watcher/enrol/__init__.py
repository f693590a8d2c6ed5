"""
Enrolling: a roster in clear, in memory, becomes a sealed index of keyed hashes.

`read_roster` reads and checks it, `enrol` builds, compares and seals. The plain
roster is never written anywhere.
"""

from watcher.enrol.columns import parse_map
from watcher.enrol.disclosure import Disclosure, disclosure
from watcher.enrol.enrolment import enrol
from watcher.enrol.report import Report
from watcher.enrol.roster import Roster, read_roster

__all__ = ["Disclosure", "Report", "Roster", "disclosure", "enrol", "parse_map", "read_roster"]
