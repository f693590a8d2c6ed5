"""
Addresses inside a document, told without telling who is in it.

A sheet or a file in an archive may be called after the person it is about. An
address is stored, printed and sent, so a step of it that names an enrolled
person, or holds a number of five digits or more, becomes `item 3 (.jpg)`. The
real name is in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from watcher.assess.explain import Explanation
from watcher.match import Matching
from watcher.model import Finding, Part, Tally, Unread

_STEP = "!/"
ROUNDS = 20  # in which all spellings of one name are met; beyond them every name is kept back
# What we write behind a name ourselves: how it is hidden, and a range.
_OURS = re.compile(
    r"(?: \((?:(?:very )?hidden|hidden (?:rows|columns|cells)|formulas|unused)\))*(?:(?:^|!)[A-Z]*\d+:[A-Z]*\d+|(?:^|, )(?:row|line)s? [\d-]+)?$"
)
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_FOLDERS = re.compile(r"[/\\]")
_BETWEEN = re.compile(r"[\s._-]+")
_LONG = re.compile(r"\d(?:[ ._-]?\d){4}")


async def discreet(
    matching: Matching, finding: Finding | None, unread: Sequence[Unread]
) -> tuple[Finding | None, tuple[Unread, ...]]:
    """The same finding and unread parts, with addresses that name nobody."""
    places = finding.places if finding else ()
    masks = await _masks(matching, [*places, *(part.where for part in unread)])
    if not masks:
        return finding, tuple(unread)
    if finding is not None:
        told = tuple(dict.fromkeys(_masked(place, masks) for place in places))
        finding = replace(finding, places=told)
    return finding, tuple(replace(part, where=_masked(part.where, masks)) for part in unread)


async def discreetly(
    matching: Matching,
    explanation: Explanation,
    finding: Finding | None,
    unread: Sequence[Unread],
) -> Explanation:
    """The same explanation, with the addresses that `discreet` gives for this finding."""
    places = finding.places if finding else ()
    masks = await _masks(
        matching,
        [
            *places,
            *(part.where for part in unread),
            *(part.where for part in explanation.parts),
            *(place for listed in explanation.lists for place in listed.places),
        ],
    )
    return replace(
        explanation,
        parts=tuple(replace(part, where=_masked(part.where, masks)) for part in explanation.parts),
        lists=tuple(
            replace(listed, places=tuple(_masked(place, masks) for place in listed.places))
            for listed in explanation.lists
        ),
        unread=tuple(replace(part, where=_masked(part.where, masks)) for part in unread),
    )


async def _masks(matching: Matching, addresses: Iterable[str]) -> dict[str, str]:
    """Name of a step → what is told instead, for those that name somebody."""
    names = list(
        dict.fromkeys(named(step) for address in addresses for step in address.split(_STEP))
    )
    if not any(names):
        return {}  # nothing a stranger has named: nearly every document
    # A line for each folder and each file: every one may be a name of its own.
    lines = [
        (name, _BETWEEN.sub(" ", _ENDING.sub("", each)).strip())
        for name in names
        for each in _FOLDERS.split(name)
    ]
    known: set[str] = set()
    # Of equal rows only one is told as a hit: ask again without those that are known.
    for _ in range(ROUNDS):
        text = "\n".join(line for _, line in lines)
        hits = _hits(await matching.match(Part(where="", text=text)))
        if not hits:
            break
        same = {_words(line) for number, (_, line) in enumerate(lines, start=1) if number in hits}
        known.update(name for name, line in lines if _words(line) in same)
        lines = [(name, line) for name, line in lines if name not in known]
    else:
        known.update(name for name, _ in lines)
    hidden = [name for name in names if name in known or _LONG.search(name)]
    return {name: f"item {n}{_kind(name)}" for n, name in enumerate(hidden, start=1)}


def _words(line: str) -> tuple[str, ...]:
    return tuple(sorted(line.casefold().split()))


def _hits(tally: Tally) -> set[int]:
    """The lines in which somebody is named."""
    return {record.number for record in tally.records}.union(
        *(segment.numbers for roll in tally.rolls for segment in roll.segments)
    )


def _masked(address: str, masks: dict[str, str]) -> str:
    steps = []
    for step in address.split(_STEP):
        name = named(step)
        steps.append(masks.get(name, name) + step[len(name) :])
    return _STEP.join(steps)


def named(step: str) -> str:
    """What a stranger called this step of an address; the rest of it is ours."""
    found = _OURS.search(step)
    return step[: found.start()] if found else step


def _kind(name: str) -> str:
    ending = _ENDING.search(name)
    return f" ({ending.group().lower()})" if ending else ""
