"""
Telling: one stored alert or notice to one target, and when a failed one is tried again.

What is owed to whom is in the store; nothing is queued here.
"""

from watcher.notify.card import Card, Stored, card_of, test_card
from watcher.notify.retry import next_attempt
from watcher.notify.teller import Sent, Teller, check_target, send

__all__ = [
    "Card",
    "Sent",
    "Stored",
    "Teller",
    "card_of",
    "check_target",
    "next_attempt",
    "send",
    "test_card",
]
