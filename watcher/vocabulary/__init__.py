"""
Public words: headings of staff lists, ranks, vetting levels, police words.

One vocabulary for enrolling a roster and for reading a leak, so that both
sides agree. Nothing here is secret or personal.
"""

from watcher.vocabulary.columns import heading, headings, nearest
from watcher.vocabulary.fields import Field
from watcher.vocabulary.police import ambiguous, is_vetting, police_words
from watcher.vocabulary.ranks import rank, rank_parts

__all__ = [
    "Field",
    "ambiguous",
    "heading",
    "headings",
    "is_vetting",
    "nearest",
    "police_words",
    "rank",
    "rank_parts",
]
