"""What an answer's headers ask of us."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.terms import Terms, freshness

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("control", "age", "seconds"),
    [
        ("private, max-age=60", "", 60.0),
        ('MAX-AGE="60"', "", 60.0),
        ("max-age=60", "45", 15.0),
        ("max-age=60", "100", 0.0),
        ("max-age=31536000", "", 86_400.0),
        ("no-cache, max-age=60", "", 0.0),
        ("max-age=60, no-store", "", 0.0),
        ("max-age=-1", "", 0.0),
        ("s-maxage=60", "", 0.0),
        ("", "", 0.0),
    ],
)
def test_freshness(control: str, age: str, seconds: float) -> None:
    """max-age less Age, at most a day; no-cache and no-store mean that there is none."""
    assert freshness(control, age, now=NOW) == seconds


@pytest.mark.parametrize(
    ("expires", "date", "control", "seconds"),
    [
        ("Sun, 22 Nov 2026 12:10:00 GMT", "", "", 600.0),
        ("Sun, 22 Nov 2026 12:10:00 GMT", "Sun, 22 Nov 2026 12:04:00 GMT", "", 360.0),
        ("Sun, 22 Nov 2026 12:10:00 GMT", "a while ago", "public", 600.0),
        ("Sun, 22 Nov 2026 12:10:00 GMT", "", "max-age=30", 30.0),
        ("Sun, 22 Nov 2026 12:10:00 GMT", "", "max-age=x", 0.0),
        ("Sun, 22 Nov 2026 12:10:00 GMT", "", "no-cache", 0.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", "", "", 0.0),
        ("Tue, 01 Jan 2030 00:00:00 GMT", "", "", 86_400.0),
        ("0", "", "", 0.0),
        ("600", "", "", 0.0),
        ("-1", "", "", 0.0),
    ],
)
def test_expires_where_nothing_else_is_said(
    expires: str, date: str, control: str, seconds: float
) -> None:
    """RFC 9111 §5.3: a date, counted from the answer's own; anything else is past."""
    assert freshness(control, expires=expires, date=date, now=NOW) == seconds


def test_validators_are_kept_to_the_letter() -> None:
    """Weakness, quotes and odd dates are the server's own; the first of a repeated header counts."""
    terms = Terms.read(
        [("ETag", 'W/"a,b"'), ("etag", "second"), ("last-modified", "yesterday, about noon")], NOW
    )
    assert (terms.etag, terms.modified) == ('W/"a,b"', "yesterday, about noon")
    assert terms.after is None
    assert terms.fresh == 0.0


@given(
    st.text(alphabet=st.characters(max_codepoint=255)), st.text(), st.text(), st.text(), st.text()
)
def test_no_header_is_too_odd(after: str, control: str, age: str, expires: str, date: str) -> None:
    """Whatever a server sends, both waits lie between nothing and a day."""
    headers = [("Retry-After", after), ("Cache-Control", control), ("Age", age)]
    headers += [("Expires", expires), ("Date", date)]
    terms = Terms.read(headers, NOW)
    assert terms.after is None or 0 <= terms.after <= 86_400
    assert 0 <= terms.fresh <= 86_400
