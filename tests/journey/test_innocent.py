"""What looks like a leak of police details and is none: nothing of it is more than counted."""

from __future__ import annotations

import pytest

from tests.journey.innocent import chiefs
from tests.journey.scanned import Scan

pytestmark = pytest.mark.journey

PAGES = ("n2-press.html", "n4-0.html", "n4-1.html", "n4-2.html")


def test_n1_results_of_a_race(scan: Scan) -> None:
    """Five thousand strangers, of whom half have an officer's surname and initial."""
    assert [each["severity"] for each in scan.of("alert", "n1-results.txt")] in ([], ["info"])
    assert scan.of("unread", "n1-results.txt") == []


@pytest.mark.parametrize("document", PAGES)
def test_n2_a_press_page_about_chief_officers(scan: Scan, document: str) -> None:
    """Whom the roster marks as public is left out, and counted; so whenever the page is fetched (N4)."""
    assert chiefs(scan.world.rows)
    assert not [each for each in scan.of("alert", document) if each["severity"] != "info"]
    done = scan.world.run("scan", "--no-store", "--json", "--explain", scan.path(document))
    (told,) = done.of("explanation")
    assert told["public_mentions_left_out"] >= len(chiefs(scan.world.rows))
    assert not [each for each in told["rules"] if each["severity"] != "info"]


@pytest.mark.parametrize("document", ["n3-adverts.txt", "n3-glossary.txt"])
def test_n3_talk_of_police_is_nothing(scan: Scan, document: str) -> None:
    """Five hundred adverts that ask for vetting, and the glossary of a drama."""
    assert scan.of("alert", document) == scan.of("unread", document) == []
