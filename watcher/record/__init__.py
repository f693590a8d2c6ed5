"""
The record: what was received, as encrypted evidence for the custodians.

It is written here and cannot be read back here; `verify` needs no key.
"""

from watcher.record.check import unclaimed, verify
from watcher.record.custodians import check_custodian, new_pair
from watcher.record.sealed import LOW_SPACE, record

__all__ = ["LOW_SPACE", "check_custodian", "new_pair", "record", "unclaimed", "verify"]
