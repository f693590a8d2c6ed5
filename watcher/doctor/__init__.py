"""
What a careful administrator would look at, and what to do about each.

Nothing is sent anywhere, but for a greeting to tor on this machine where a source
needs it. Every check says what it looked at even when all is
well, so that a missing check cannot pass for a good one.

    installation   key, custodians, directory, index, store, evidence
    watching       sources, the way out, targets
    tor            the way to onion sources
    machine        clock, unit
"""

from watcher.doctor.check import Check
from watcher.doctor.examine import examine

__all__ = ["Check", "examine"]
