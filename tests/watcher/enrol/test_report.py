"""The report counts, and names nobody."""

from __future__ import annotations

import json

from watcher.enrol.report import Report, shapes
from watcher.model import Person


def test_shapes_of_numbers() -> None:
    """Digits and letters by their kind, shares of all numbers, most frequent first."""
    people = [
        Person(ref="1", numbers=(("pay_number", "L12345"), ("collar_number", "417CP"))),
        Person(ref="2", numbers=(("pay_number", "K99999"), ("pay_number", "M1 2/3"))),
    ]
    assert shapes(people) == (("L#####", 0.5), ("###LL", 0.25), ("L# #/#", 0.25))
    assert shapes([]) == ()


def test_as_json() -> None:
    """One object that JSON can hold, with named pairs."""
    report = Report(
        people=2,
        distinct=None,
        columns=(("Surname", "surname"), ("Shoe size", "ignored")),
        unknown=(("Shoe size", ""),),
        shapes=(("####", 1.0),),
        variants=3.5,
        chances=(("initial and surname", 0.05),),
        previous=None,
        joined=2,
        left=0,
        changed=0,
        version=1,
        dry_run=True,
    )
    told = json.loads(json.dumps(report.as_json()))
    assert told["columns"][0] == {"heading": "Surname", "field": "surname"}
    assert told["unknown"] == [{"heading": "Shoe size", "nearest": None}]
    assert told["shapes"] == {"####": 1.0}
    assert told["chances"] == {"initial and surname": 0.05}
    assert (told["people"], told["distinct"], told["previous"], told["version"]) == (
        2,
        None,
        None,
        1,
    )
