from __future__ import annotations

import json

import pytest

from watcher.read.pick import picked
from watcher.read.refusal import Refused

URL = "https://site.example/a/"
PAGE = """<div class=post id=1><p class=old>quoted <b class=text>no</b></p>
<div class=text>one <b class=text>two</b></div><i class=text>three</i><a href=x>at</a></div>
<div class=post id=2></div>"""


def pick(item: str = ".post", without: str = "", **fields: str) -> list[dict[str, str]]:
    return picked(PAGE, json.dumps({"item": item, "fields": fields, "without": without}), URL)


def test_a_field_is_html_or_an_attribute() -> None:
    """Of the item itself, or of the first inside it; addresses absolute; "" where there is none."""
    one, two = pick(id="@id", link="a@href", text="i")
    assert one == {
        "id": "1",
        "link": "https://site.example/a/x",
        "text": '<i class="text">three</i>',
    }
    assert two == {"id": "2", "link": "", "text": ""}


def test_what_is_inside_what_was_taken_is_not_taken_twice() -> None:
    """And what is not wanted is taken out before."""
    one = pick(without=".old", text=".text")[0]["text"]
    assert one == '<div class="text">one <b class="text">two</b></div>\n<i class="text">three</i>'


@pytest.mark.parametrize(
    "wrong", [{"item": "p["}, {"without": "p["}, {"text": "p["}, {"text": "p[@id"}]
)
def test_what_is_no_selector_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused, match="css"):
        pick(**wrong)


def test_an_at_sign_inside_a_selector_is_no_attribute() -> None:
    """It ends in a bracket."""
    assert pick(text='a[href="mailto:a@b"]')[0] == {"text": ""}
