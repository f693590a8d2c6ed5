"""Keys, addresses, credentials and promises of what is listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.listed import (
    LONGEST_KEY,
    RECHECKED,
    Keys,
    bounded,
    check_address,
    check_pattern,
    check_template,
    complete,
    filled,
    origin,
    readable,
    version,
)
from watcher.api import ConfigError, ReadError, SourceError

TEXT = st.text(min_size=1)


@given(st.lists(st.tuples(st.sampled_from("abc") | TEXT, st.sampled_from("xyz"))))
def test_every_different_item_gets_a_key_of_its_own(items: list[tuple[str, str]]) -> None:
    """As many keys as there are different items, none twice, none too long."""
    keys = Keys()
    given_out = [key for key in (keys.take(*item) for item in items) if key]
    assert len(given_out) == len(set(given_out)) == len(set(items))
    assert all(len(key) <= LONGEST_KEY for key in given_out)


def test_a_long_key_is_known_by_its_digest() -> None:
    """Up to 500 characters a key is itself, beyond it 64 hexadecimal digits, different for each."""
    assert bounded("k" * 500) == "k" * 500
    assert len(bounded("k" * 501)) == 64
    assert bounded("k" * 501) != bounded("k" * 502)


@given(TEXT)
def test_a_hostile_key_does_not_end_its_place(key: str) -> None:
    """Whatever stands on the page, host, query and fragment stay the template's."""
    parts = urlsplit(filled("https://paste.example/raw/{key}?as=text", key))
    assert (parts.netloc, parts.query, parts.fragment) == ("paste.example", "as=text", "")
    assert parts.path.startswith("/raw/")


def test_what_is_encoded_already_stays_as_it_is() -> None:
    """Keys come out of addresses mostly; encoding them again would break them."""
    assert filled("http://x.example/{key}", "a%20b/ü#c") == "http://x.example/a%20b/%C3%BC%23c"


@pytest.mark.parametrize(
    "template",
    ["", "https://paste.example/raw/", "ftp://x.example/{key}", "https://{key}.example/", "{key}"],
)
def test_a_template_that_cannot_be_used_names_its_key(template: str) -> None:
    """Without {key} it gives one address for all; in the host, the page would choose where we go."""
    with pytest.raises(ConfigError, match=r"^raw: "):
        check_template("raw", template)


def test_the_mend_is_in_the_message() -> None:
    """An operator needs no manual for it."""
    with pytest.raises(ConfigError) as caught:
        check_template("raw", "https://paste.example/raw/")
    assert str(caught.value) == 'raw: needs "{key}" in it, e.g. "https://paste.example/raw/{key}"'


@pytest.mark.parametrize(
    "url", ["", "site.example", "file:///x", "http://", "http://[::1", "http://u@x.example/"]
)
def test_an_address_that_cannot_be_used_names_its_key(url: str) -> None:
    """Only http and https, with a host and without a user."""
    with pytest.raises(ConfigError, match=r"^url: "):
        check_address("url", url)


def test_a_pattern_must_be_one() -> None:
    """A broken regular expression is told when the configuration is read."""
    check_pattern("pattern", "a(b)")
    with pytest.raises(ConfigError, match=r"^pattern: "):
        check_pattern("pattern", "a(b")


def test_origins() -> None:
    """Default ports count as said, case does not count, nonsense is nowhere."""
    assert origin("HTTPS://Site.example/a") == origin("https://site.example:443/b")
    assert origin("https://site.example/") != origin("http://site.example/")
    assert origin("https://site.example:99999/") == ("", "", None)


def test_too_little_is_told_with_the_numbers() -> None:
    """How many were listed, how many there always are, and where to look."""
    complete("pastes", listed=1, minimum=1)
    with pytest.raises(SourceError) as caught:
        complete("pastes", listed=0, minimum=1)
    assert str(caught.value) == (
        "listed 0 items, expected at least 1: the page changed or is empty; "
        "`watcher sources check pastes` shows what is there"
    )


def test_what_cannot_be_read_is_the_sources_trouble() -> None:
    """A listing is not a document: when it cannot be read, the source is sick."""
    with pytest.raises(SourceError, match="broken JSON"), readable("gists"):
        raise ReadError("broken JSON")


@given(st.text(max_size=20), st.integers(0, 2_000_000_000), st.integers(300, 1_000_000))
def test_a_turn_lasts_as_long_as_it_should(key: str, at: int, seconds: int) -> None:
    """Whenever it is looked at, the version changes once in that time, and says what was listed."""
    every = timedelta(seconds=seconds)

    def turn(later: float) -> str:
        moment = datetime.fromtimestamp(at, UTC) + every * later
        return version("r1", key, place=0, at=moment, recheck=every)

    seen = [turn(part / 10) for part in range(11)]
    assert len(set(seen)) == 2
    assert seen[0] != seen[-1]
    assert all(each.startswith("r1 turn ") for each in seen)
    assert (
        version("r1", key, place=RECHECKED, at=datetime.fromtimestamp(at, UTC), recheck=every)
        == "r1"
    )
