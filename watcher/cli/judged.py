"""`scan --explain`: how a document was judged, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.text import Text

from watcher.cli import output

if TYPE_CHECKING:
    from watcher.assess.explain import Explanation, PartRead, Weighed

SHOWN = 12  # parts, lists and rules that a person is shown; --json has all


def show(explanation: Explanation, *, document: str, found: bool, as_json: bool) -> None:
    """Print it. `found`: the finding itself stands above."""
    if as_json:
        output.line(explanation_object(document, explanation))
        return
    console = output.out()
    if not found:
        console.print(Text(output.clean(f"Nothing found in {document}"), style="bold"))
    console.print("  how this was judged", markup=False)
    output.facts(console, list(_facts(explanation)))


def explanation_object(document: str, explanation: Explanation) -> dict[str, Any]:
    """The `explanation` object of the JSON contract: everything that `show` tells, and all of it."""
    records = explanation.records
    return {
        "type": "explanation",
        "document": document,
        "parts": [
            {
                "where": part.where,
                "kind": part.kind,
                "characters": part.size,
                "rows": part.rows,
                "hidden": part.hidden,
                "second_reading": part.again,
            }
            for part in explanation.parts
        ],
        "lists": [
            {
                "of": each.what,
                "where": list(each.places),
                "distinct": each.distinct,
                "rows": each.entries,
                "ours": each.ours,
                "expected_by_chance": round(each.expected, 2),
                "bits": round(each.bits, 1),
                "whole": each.whole,
                "column": each.column,
            }
            for each in explanation.lists
        ],
        "bits_needed": {"told": explanation.told, "critical": explanation.grave},
        "records": {
            "two_identifiers": records.tried,
            "agreeing": records.agreeing,
            "where_police_is_spoken_of": records.police,
            "officers_sure": records.sure,
            "accidents_expected": records.least,
        },
        "context": list(explanation.context),
        "rules": [
            {
                "severity": str(each.severity),
                "rule": each.rule,
                "title": each.title,
                "law": each.law,
            }
            for each in explanation.rules
        ],
        "otherwise": list(explanation.otherwise),
        "public_mentions_left_out": explanation.hushed,
        "unread": [{"where": each.where, "reason": str(each.why)} for each in explanation.unread],
    }


def _facts(explanation: Explanation) -> Iterable[tuple[str, str]]:
    yield from _block("read", [_part(part) for part in explanation.parts], "part", none="nothing")
    lists = [_weighed(each) for each in explanation.lists]
    yield from _block("lists", lists, "list", none="none in which anybody is ours")
    if lists:
        needed = (
            f"told from {explanation.told:g} bits on, perhaps critical from {explanation.grave:g}"
        )
        yield "", f"({needed}; each bit halves the probability that chance alone did it)"
    records = explanation.records
    said = f"at most {records.tried:,} with two kinds of identifier, "
    said += f"{records.agreeing:,} in which two are the same officer's"
    if records.least is not None:
        said += f"; {output.many(records.sure, 'officer')} sure"
        said += f" (accidents to be expected of the best: {records.least:.2g})"
    yield "records", said
    yield "context", ", ".join(explanation.context) or "none"
    rules = [f"{each.severity}: {each.law}" for each in explanation.rules]
    yield from _block("rules", rules, "rule", none="none applies")
    yield from _block("otherwise", list(explanation.otherwise), "line", none="–")
    if explanation.hushed:
        yield "left out", f"{output.many(explanation.hushed, 'mention')} of public officers"
    missed = [f"{each.where or 'the document'}: {each.why}" for each in explanation.unread]
    yield from _block("unread", missed, "part", none="nothing")


def _block(label: str, lines: list[str], word: str, *, none: str) -> Iterable[tuple[str, str]]:
    """The first lines beside their label, and how many there are besides."""
    for number, text in enumerate(lines[:SHOWN]):
        yield label if not number else "", text
    if len(lines) > SHOWN:
        yield "", f"and {output.many(len(lines) - SHOWN, f'more {word}')}"
    if not lines:
        yield label, none


def _part(part: PartRead) -> str:
    name = part.where or "the document"
    unit = "row" if part.kind == "table" else "line"
    said = f"{name}: {part.kind}, {output.many(part.rows, unit)}, {output.many(part.size, 'character')}"
    said += ", hidden" if part.hidden else ""
    return f"{said}, a second reading" if part.again else said


def _weighed(each: Weighed) -> str:
    place = ", ".join(each.places[:3]) + (" …" if len(each.places) > 3 else "")
    # Plural as in `addresses`; the words are the vocabulary's own.
    what = (
        each.what if each.distinct == 1 else each.what + ("es" if each.what.endswith("s") else "s")
    )
    rows = f" in {output.many(each.entries, 'row')}" if each.entries != each.distinct else ""
    if each.column is not None:
        place += f", rows with one value of column {each.column}"
    elif not each.whole:
        place += ", the run of rows that says most"
    return (
        f"{place}: {each.distinct:,} {what}{rows}, {each.ours:,} ours, "
        f"{each.expected:,.1f} by chance: {each.bits:,.1f} bits"
    )
