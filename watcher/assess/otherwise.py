"""
Which rule gave a severity, and what would have given another: in an operator's words.

The rules are those of `severity`, `persons` and `context`; here they are only
told.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log2

from watcher.assess.lists import NOTED
from watcher.assess.persons import SEVERAL, SURE, SURE_IN_CONTEXT
from watcher.assess.severity import ALONE, SECOND
from watcher.assess.signal import PUBLICATION, Signal, Topic
from watcher.config.settings import Matching
from watcher.model import Severity, Unread

CRITICAL, HIGH, MEDIUM, LOW, INFO = (
    Severity.CRITICAL,
    Severity.HIGH,
    Severity.MEDIUM,
    Severity.LOW,
    Severity.INFO,
)
# By rule and severity; {list} and {names} are the configured bits.
_LAWS = {
    ("list", CRITICAL): "a list of {list} bits or more, with a second identifier right in "
    f"{SECOND} rows or with vetting, home or birth data or photos beside it; or one of {{names}} "
    "bits with improbably many people of a high-risk group",
    ("list", MEDIUM): "a list of names of {names} bits or more, of any length",
    ("list", INFO): f"a list of {NOTED:g} bits or more is counted; from {{names}} on it is told",
    ("numbers", CRITICAL): f"a list of numbers or addresses of {{list}} bits or more, with {ALONE} "
    "of ours, or with a second identifier or personal data beside them",
    ("numbers", MEDIUM): "a list of numbers or addresses of {names} bits or more",
    ("numbers", INFO): f"a list of {NOTED:g} bits or more is counted; from {{names}} on it is told",
    ("person", CRITICAL): f"identifiers of {SEVERAL} officers or more agree, together {{list}} "
    "bits; or of one of a high-risk group",
    ("person", HIGH): "two identifiers of one officer agree by more than accident, or rank and a "
    "rare name stand beside home data or a threat",
    ("person", INFO): "a name and a number of one officer may be an accident",
    ("secret", HIGH): "a password beside an enrolled mail address",
    ("secret", MEDIUM): "a password beside an address at a watched domain",
    ("structure", MEDIUM): "a table shaped like a staff list, or a column of vetting levels, where "
    "police is spoken of; or people of crime reports",
    ("supplier", HIGH): "a watched supplier on a leak listing, with files called after staff "
    "or where its data is said to be published",
    ("supplier", MEDIUM): "a watched supplier on a leak listing",
    ("supplier", INFO): "a watched supplier, named where no leaks are listed",
    ("publication", MEDIUM): "a place where the force itself publishes shows no more than name, "
    "rank, unit and number",
    ("unread", MEDIUM): "a part that could not be read, in a document that concerns the force",
    ("mention", LOW): "rank and name of an officer, with the unit or location as well or where the "
    "watched force is named",
    ("mention", INFO): "the force, somebody's address, or a name with a rank, is mentioned",
}
_HIGHER = {
    ("person", HIGH): f"critical with {SEVERAL} such officers, {{list}} bits together, or with one "
    "of a high-risk group",
    ("secret", MEDIUM): "high if the address were enrolled",
    ("supplier", INFO): "medium from a source that is marked leak_listing",
    ("supplier", MEDIUM): "high where it lists files that are called after staff or cards, "
    "or says that the data is published",
    (
        "mention",
        LOW,
    ): "high with a number of the same officer, or with home data beside a rare name",
    ("mention", INFO): "low with rank, name and unit of one officer, high with a name and a number",
    ("structure", MEDIUM): "more only with people who are enrolled",
    ("publication", MEDIUM): "as anywhere else with more than that in it, in an attachment or in a "
    "hidden part",
}
_LOWER = {
    ("list", CRITICAL): "medium for the names alone",
    ("numbers", CRITICAL): f"medium with fewer than {ALONE} of ours and nothing beside them",
    ("person", CRITICAL): f"high with fewer than {SEVERAL} officers, none of a high-risk group",
    ("structure", MEDIUM): "nothing where neither police nor the force is spoken of",
    ("supplier", HIGH): "medium without such files, and where nothing is said to be published",
    ("unread", MEDIUM): "nothing if the document did not concern the force",
}


def law(signal: Signal, settings: Matching) -> str:
    """The rule by which this signal has its severity."""
    hidden = any(reason.topic == Topic.HIDDEN for reason in signal.reasons)
    open_severity = Severity(max(0, signal.severity - 1))
    own = (signal.rule, signal.severity)
    if hidden and own not in _LAWS:
        own = (signal.rule, open_severity)
    said = _filled(_LAWS.get(own, signal.title), settings)
    return f"{said}; hidden parts count one step higher" if hidden else said


def otherwise(
    signals: Sequence[Signal],
    *,
    settings: Matching,
    most: float | None,
    least: float | None,
    unread: Sequence[Unread],
) -> tuple[str, ...]:
    """
    What would have made the finding another one; `signals` strongest first.

    `most`: bits of the strongest list, `least`: E of the record least likely
    to be an accident; None where there is none.
    """
    said: list[str] = []
    if signals:
        main = signals[0]
        key = (main.rule, main.severity)
        if main.listed and main.rule != PUBLICATION:
            said += _of_list(main, settings)
        said += [_filled(table[key], settings) for table in (_HIGHER, _LOWER) if key in table]
        if any(reason.topic == Topic.HIDDEN for reason in main.reasons):
            said.append("one step lower if it were not hidden")
    elif most is not None:
        said.append(
            f"a list is counted from {NOTED:g} bits on: the strongest here has {most:.1f} "
            "(below 0: chance explains it better)"
        )
    if least is None:
        said.append("no record holds a name or address and a number of one officer")
    elif not any(each.rule == "person" and each.severity >= HIGH for each in signals):
        said.append(
            f"a record is sure below {SURE_IN_CONTEXT:g} accidents a document where police is "
            f"spoken of, and below {SURE:g} elsewhere: the best here lets expect {least:.2g}"
        )
    if unread:
        said.append("what could not be read may hold more")
    return tuple(dict.fromkeys(said))


def _of_list(main: Signal, settings: Matching) -> list[str]:
    """What is missing to the next bound, in bits and in rows like those there are."""
    if main.severity >= CRITICAL:
        return []
    if main.bits < settings.names_bits:
        bound, become = settings.names_bits, "medium"
    else:
        bound, become = settings.list_bits, "critical"
    lacking = bound - main.bits
    beside = (
        " and what a list for the public would not show: a second identifier, vetting, home data"
    )
    if become == "medium":
        beside = ""
    if lacking <= 0:
        return [f"{become} with{beside.removeprefix(' and')}"]
    hits = max(1, sum(len(group) == 1 for group in main.people)) if main.people else 0
    rows = ceil(lacking / max(log2(1.5), main.bits / hits)) if hits and main.bits > 0 else 0
    like = f", about {rows:,} more rows like these" if rows else ""
    return [f"{become} from {bound:g} bits on ({lacking:.1f} more{like}){beside}"]


def _filled(text: str, settings: Matching) -> str:
    return text.replace("{list}", f"{settings.list_bits:g}").replace(
        "{names}", f"{settings.names_bits:g}"
    )
