"""Pages that keep us out, told from pages about them."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from tests.watcher.fetch.site import Clock, fails, fetcher, site
from watcher.errors import REFUSED
from watcher.fetch.barred import LOOKED_AT, STATUSES, bars

HTML = {"Content-Type": "text/html; charset=UTF-8"}
CLOUDFLARE = (
    b'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>'
    b"<script>(function(){window._cf_chl_opt = {cvId: '3'};}())</script></body></html>"
)
ANUBIS = (
    b"<!doctype html><html><head><title>Making sure you&#39;re not a bot!</title>"
    b'<script id="anubis_challenge" type="application/json">{}</script></head></html>'
)
CAPTCHA = (
    b"<html><head><title>Security check | Paste Site</title></head>"
    b'<body><div class="g-recaptcha" data-sitekey="x"></div></body></html>'
)


def seen(status: int, body: bytes, headers: dict[str, str] | None = None) -> str:
    return bars(status, CIMultiDict(HTML if headers is None else headers), body, whole=True)


@pytest.mark.parametrize("page", [CLOUDFLARE, ANUBIS, CAPTCHA])
@pytest.mark.parametrize("status", [200, 203, *STATUSES])
def test_a_challenge_is_one_with_any_status(page: bytes, status: int) -> None:
    """With 200 as well, and whatever coding it comes in."""
    assert seen(status, page)
    for coding, body in (
        ("gzip", gzip.compress(page)),
        ("deflate", zlib.compress(page)),
        ("deflate", zlib.compress(page, wbits=-15)),
    ):
        assert seen(status, body, HTML | {"Content-Encoding": coding})


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"CF-Mitigated": "challenge"}),
        (503, {"cf-mitigated": "challenge", "Content-Type": "text/html"}),
        (202, {"x-amzn-waf-action": "challenge"}),
        (405, {"X-Amzn-WAF-Action": "captcha"}),
    ],
)
def test_some_say_so_in_a_header(status: int, headers: dict[str, str]) -> None:
    """Without a look at the page."""
    assert seen(status, b"", headers)


@pytest.mark.parametrize(
    "title",
    ["Access Denied", "Attention Required! | Cloudflare", "DDoS-Guard", "ERROR: blocked",
     "Are you a robot?", "Please verify you are a human", "Robot Check"],
)  # fmt: skip
def test_with_a_refusal_the_title_is_enough(title: str) -> None:
    """With 200 it is not: a document may be called so."""
    page = f"<html><head><TITLE>{title.removeprefix('ERROR: ')}</TITLE></head></html>".encode()
    assert seen(403, page)
    assert not seen(200, page)


@pytest.mark.parametrize(
    "page",
    [
        b"<title>Paste: how I got past captcha</title>" + CLOUDFLARE.partition(b"</head>")[2],
        b"<title>Paste</title><pre>" + CLOUDFLARE.replace(b"<", b"&lt;") + b"</pre>",
        b"<title>Security check | Forum</title><pre>staff list</pre>",
        b'<title>Staff list</title><div class="g-recaptcha"></div><pre>names</pre>',
        CLOUDFLARE + b" " * LOOKED_AT,
        b"",
        b"\x1f\x8b\x08broken",
    ],
)
def test_a_document_is_never_taken_for_one(page: bytes) -> None:
    """About a challenge, quoting one, with a captcha on it, or long: it is read."""
    assert not seen(200, page)


def test_plain_text_and_data_are_never_judged() -> None:
    """What is raw is a document, whatever is in it."""
    for kind in ("text/plain", "application/json", "application/octet-stream"):
        assert not seen(200, CLOUDFLARE, {"Content-Type": kind})
        assert not seen(403, CLOUDFLARE, {"Content-Type": kind})


def test_looking_is_bounded() -> None:
    """A bomb is unpacked no further than such pages are long."""
    bomb = gzip.compress(b"<title>" + bytes(50_000_000))
    assert not seen(200, bomb, HTML | {"Content-Encoding": "gzip"})


@given(st.integers(100, 599), st.binary(), st.sampled_from(["", "gzip", "deflate", "br", "x-gzip"]))
def test_no_body_is_too_odd(status: int, body: bytes, coding: str) -> None:
    """Whatever comes there is an answer to it."""
    bars(status, CIMultiDict(HTML | {"Content-Encoding": coding}), body, whole=True)


@pytest.mark.parametrize("status", [200, 202, 403, 429, 503])
async def test_a_challenge_is_told_and_its_host_left_alone(status: int) -> None:
    """One request; whoever asks next is told the same, and nothing is tried to get past it."""
    clock = Clock()
    async with site() as place, fetcher(clock) as out:
        url = place.says(
            "/list", gzip.compress(CLOUDFLARE), status, HTML | {"Content-Encoding": "gzip"}
        )
        problem = await fails(out, url)
        assert (problem.kind, problem.retry, problem.status) == (REFUSED, True, status)
        assert "a Cloudflare challenge" in str(problem)
        assert problem.after == 60.0
        other = await fails(out, place.says("/other", b"text"), "other")
        assert (other.kind, other.after) == (REFUSED, 60.0)
        assert len(place.asked) == 1
        clock.seconds += 60
        await out.web("other").get(place.url("/other"))
        assert len(place.asked) == 2
