"""What the bench has to show, and what is missing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bench.detection.innocent import LISTS
from bench.detection.measure import Result
from bench.detection.quiet import Quiet

SINGLE = frozenset({"person", "disguise", "variant", "run together"})
IN_LISTS, OF_PERSONS = 0.99, 0.97
WRONG = 0.005
INNOCENT_BITS = 10.0
DISTINCT = 2e9  # bytes of innocent text


def reach(form: str) -> float:
    """The recall that a form has to reach."""
    return OF_PERSONS if form.split("/", 1)[0] in SINGLE else IN_LISTS


def short(result: Result) -> bool:
    """Whether this form misses its recall, its severity, or names the wrong people."""
    return (
        result.recall < reach(result.form)
        or result.due < result.documents * (OF_PERSONS if reach(result.form) == OF_PERSONS else 1)
        or result.wrongly > WRONG
    )


def missed(results: Iterable[Result], quiets: Sequence[Quiet], distinct: float) -> list[str]:
    """The reaches that are missed, in plain words. Recall is the mean over forms, each counting alike."""
    found: list[str] = []
    groups: defaultdict[tuple[int, str], list[Result]] = defaultdict(list)
    for each in results:
        kind = "single persons" if reach(each.form) == OF_PERSONS else "lists"
        groups[each.roster, kind].append(each)
    for (roster, kind), members in sorted(groups.items()):
        wanted = OF_PERSONS if kind == "single persons" else IN_LISTS
        recall = sum(each.recall for each in members) / len(members)
        if recall < wanted:
            found.append(
                f"{roster:,} officers, {kind}: recall {recall:.2%}, {wanted:.0%} is the reach"
            )
        named, wrong = sum(each.named for each in members), sum(each.wrong for each in members)
        if named and wrong / named > WRONG:
            found.append(
                f"{roster:,} officers, {kind}: {wrong / named:.2%} wrongly named, {WRONG:.1%} is the reach"
            )
        found.extend(
            f"{roster:,} officers, {each.form}: {each.documents - each.due} of {each.documents} below its severity"
            for each in members
            if each.form.startswith("file/A") and each.due < each.documents
        )
    for each_quiet in quiets:
        where = f"{each_quiet.roster:,} officers, {each_quiet.kind}"
        if each_quiet.above:
            found.append(
                f"{where}: {each_quiet.above} of {each_quiet.documents} above info, worst {each_quiet.worst}"
            )
        if each_quiet.kind in LISTS and each_quiet.most_bits >= INNOCENT_BITS:
            found.append(
                f"{where}: a list scored {each_quiet.most_bits:.1f} bits, below {INNOCENT_BITS:.0f} is the reach"
            )
    if quiets and distinct < DISTINCT:
        found.append(
            f"only {distinct / 1e6:,.0f} MB of distinct innocent text, {DISTINCT / 1e6:,.0f} are asked for"
        )
    return found
