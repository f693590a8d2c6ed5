"""
Own publications: pages on which a force, a federation, a court or the press names our people.

They are genuinely ours, so chance cannot tell; what tells is where it stands
and how little it says. A signal from the visible page of a publisher, with no
more than name, rank, unit and collar number, asks “intended?” and is at most
medium. Hidden parts, attachments, and any other field count as anywhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from watcher.assess.places import Place
from watcher.assess.signal import PUBLICATION, Reason, Signal, Topic
from watcher.model import Severity
from watcher.vocabulary import Field

# What honours, court lists, newsletters and team pages say of an officer.
USUAL = frozenset(
    {
        Field.NAME,
        Field.SURNAME,
        Field.FORENAME,
        Field.MIDDLE,
        Field.KNOWN_AS,
        Field.PREVIOUS_SURNAME,
        Field.INITIALS,
        Field.RANK,
        Field.UNIT,
        Field.LOCATION,
        Field.COLLAR_NUMBER,
    }
)
_RULES = frozenset({"list", "numbers", "person", "structure"})
_TOLD = "the page is one of the listed publishers', and shows no more than name, rank, unit and collar number"


def capped(signal: Signal, published: Collection[str]) -> Signal:
    """The signal as it counts on a publisher's page. `published`: the pieces that are the page itself."""
    if (
        signal.severity < Severity.MEDIUM
        or signal.rule not in _RULES
        or signal.home
        or not published
        or not signal.places
        or not signal.fields <= USUAL
        or not {_piece(place) for place in signal.places} <= set(published)
    ):
        return signal
    return replace(
        signal,
        severity=Severity.MEDIUM,
        rule=PUBLICATION,
        title=f"Own publication, intended? {signal.title}",
        reasons=(*signal.reasons, Reason(Topic.CONTEXT, _TOLD)),
    )


def _piece(place: str) -> str:
    return place.where if isinstance(place, Place) else place
