"""The polite way out: bounded, paced, honest about who asks, and closed inwards."""

from watcher.fetch.answer import Answer, Ask
from watcher.fetch.budget import Clock, SystemClock
from watcher.fetch.fetcher import Fetcher, Visit

__all__ = ["Answer", "Ask", "Clock", "Fetcher", "SystemClock", "Visit"]
