"""What may be asked for, judged by how it is written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from tests.watcher.fetch.inward import INWARDS
from tests.watcher.fetch.proxied import service
from watcher.errors import ConfigError, FetchError
from watcher.fetch.address import admit, hosts, parse, shown, special
from watcher.outward import canonical


@pytest.mark.parametrize("url", INWARDS)
def test_what_leads_inwards_is_refused_as_written(url: str) -> None:
    """However an inward address is spelled, it is refused before anything is resolved."""
    with pytest.raises(FetchError, match="allow_private") as caught:
        admit(parse(url), frozenset())
    assert not caught.value.retry


@pytest.mark.parametrize(
    "url",
    [
        "https://paste.example/raw/1",
        "http://8.8.8.8/",
        "http://[2606:4700::1111]/",
        "http://a_b.c.example:8080/",
    ],
)
def test_the_public_net_is_admitted(url: str) -> None:
    """A public name or address is admitted, without leave to turn out private."""
    assert admit(parse(url), frozenset()) is False


def test_leave_goes_by_the_host_that_was_asked_for() -> None:
    """A listed host may be private; others stay refused, whatever they are an alias of."""
    allowed = frozenset({"127.0.0.1", "foi.intranet"})
    assert admit(parse("http://127.0.0.1:8080/"), allowed)
    assert admit(parse("http://FOI.intranet./"), allowed)
    for other in ("http://localhost/", "http://127.0.0.2/", "http://x.foi.intranet/"):
        with pytest.raises(FetchError):
            admit(parse(other), allowed)


@pytest.mark.parametrize("host", ["abc.onion", "ABC.ONION.", "www.abc.onion"])
def test_an_onion_name_needs_tor(host: str) -> None:
    """An onion name is refused even if listed: looking it up would tell the world."""
    with pytest.raises(FetchError, match="Tor") as caught:
        admit(parse(f"http://{host}/"), frozenset({canonical(host)}))
    assert not caught.value.retry


def test_through_tor_an_onion_name_must_be_one() -> None:
    """A service's name passes; a mistyped one is told before anybody is asked."""
    assert admit(parse(f"http://www.{service('one')}/"), frozenset(), tor=True) is False
    for host in ("abc.onion", f"a{service('one')}", "onion"):
        with pytest.raises(FetchError, match="is not an onion address") as caught:
            admit(parse(f"http://{host}/"), frozenset({host}), tor=True)
        assert not caught.value.retry


@pytest.mark.parametrize("url", INWARDS)
def test_nothing_is_private_at_the_other_end_of_tor(url: str) -> None:
    """What leads inwards is refused there even where it is allowed here."""
    found = parse(url)
    allowed = frozenset({canonical(found.raw_host or "")})
    assert admit(found, allowed) is True
    with pytest.raises(FetchError, match="through Tor"):
        admit(found, allowed, tor=True)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://site.example/",
        "gopher://site.example/",
        "//site.example/",
        "site.example",
        "",
        "http://",
        "http:///x",
        "http://user@site.example/",
        "http://user:token@site.example/",
        "http://:token@site.example/",
        "http://site.example\\@127.0.0.1/",
        "http://127.0.0.1%2f@site.example/",
        "http://a b/",
        "http://127.0.0.1 b/",
        "http://ex%61mple.com/",
        "http://localhost%00.example/",
        "http://[::1",
        "http://site.example:99999/",
    ],
)
def test_odd_addresses_are_refused_without_a_retry(url: str) -> None:
    """Only http and https, no user in it, a host that is a host; the message holds no token."""
    with pytest.raises(FetchError) as caught:
        parse(url)
    assert not caught.value.retry
    assert "token" not in str(caught.value)


def test_hosts_that_are_none_are_told() -> None:
    """A port or a scheme would never match, and the operator would wonder."""
    assert hosts("k", ("[::1]", "FOI.example.", "127.1")) == {"::1", "foi.example", "127.0.0.1"}
    for wrong in ("127.0.0.1:80", "http://foi.example", "10.0.0.0/8", ""):
        with pytest.raises(ConfigError, match="allow_private"):
            hosts("network.allow_private", (wrong,))


def test_an_address_is_shown_without_what_may_be_a_token() -> None:
    """Messages name scheme, host and path; no query, fragment or user; and never run on."""
    assert shown("https://u:p@site.example:8443/a?token=1#x") == "https://site.example:8443/…"
    assert shown("https://site.example/Quillfeather-7041852.pdf") == "https://site.example/…"
    assert shown("http://[::1") == "an address that cannot be read"


@settings(max_examples=300)
@given(st.ip_addresses())
def test_nothing_special_is_missed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Whatever the standard library does not call global, or calls multicast, is special to us."""
    if not address.is_global or address.is_multicast:
        assert special(str(address))


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    """Any text is an address that may be asked for, or a FetchError."""
    try:
        url = parse(f"http://{text}")
    except FetchError:
        return
    assert isinstance(url, URL)
    assert shown(url).isprintable()


def test_punycode_that_is_none_can_be_told() -> None:
    """A host name that cannot be decoded is still a host name in a message."""
    assert shown(parse("http://xn--a.example/")) == "http://xn--a.example/"
