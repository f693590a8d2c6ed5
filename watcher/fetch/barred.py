"""
Pages that stand between us and a place: challenges, captchas, blocks.

They come with any status, 200 included, and read as a document they would look
like a quiet day. They are told as what they are and never got past. With a
status that is no document what a page is called is enough; with 200 it must
also be short and hold what such pages are made of: a document that is about
one, or quotes one, is a document.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

LOOKED_AT = 1 << 16  # bytes: such pages are shorter
STATUSES = frozenset({202, 401, 403, 405, 406, 429, 503})  # with which they come, besides 200

# Headers that nothing but such a page has: name, what its value holds ("": anything), whose.
_HEADERS = (
    ("cf-mitigated", "challenge", "a Cloudflare challenge"),
    ("x-amzn-waf-action", "", "an AWS WAF challenge"),
    ("x-sucuri-block", "", "a block of Sucuri"),
)
# What is in the page itself and not in pages about it: markup is escaped there.
_PARTS = (
    (b"window._cf_chl_opt", "a Cloudflare challenge"),
    (b'id="cf-error-details"', "a Cloudflare block"),
    (b"/_Incapsula_Resource?", "an Imperva challenge"),
    (b"/.within.website/x/cmd/anubis/", "an Anubis challenge"),
    (b'id="anubis_challenge"', "an Anubis challenge"),
    (b"/.well-known/ddos-guard/", "a DDoS-Guard challenge"),
    (b"captcha-delivery.com/", "a DataDome challenge"),
    (b"errors.edgesuite.net", "a block of Akamai"),
    (b'id="px-captcha"', "a HUMAN challenge"),
    (b"challenges.cloudflare.com/turnstile/", "a captcha"),
    (b'class="g-recaptcha', "a captcha"),
    (b'class="h-captcha', "a captcha"),
    (b'name="captcha', "a captcha"),
)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,200})</title", re.IGNORECASE)
_CALLED = re.compile(
    r"just a moment|one moment,? please|attention required!?|access (?:to this page has been )?denied"
    r"|(?:you have been |request )?blocked|ddos(?:-guard|[ -]protection.*)|checking your browser.*"
    r"|security (?:check|verification)|human verification|bot verification|robot check|captcha"
    r"|(?:please )?(?:verify|confirm|prove) (?:that )?you(?:'re| are) (?:a )?(?:human|not a (?:ro)?bot)"
    r"|are you (?:a )?(?:human|robot)|making sure you(?:'re|&#39;re| are) not a bot"
    r"|sucuri website firewall.*|please wait.*",
)
_EDGES = " \t\r\n.…!?"


def bars(status: int, headers: Mapping[str, str], beginning: bytes, *, whole: bool) -> str:
    """
    What kind of page stands in the way, "" if none does.

    `beginning`: of the body as received, at least LOOKED_AT bytes of it or,
    with `whole`, all. Looking is bounded whatever the body is.
    """
    for name, value, by in _HEADERS:
        if name in headers and value in headers[name].lower():
            return by
    served = status not in STATUSES
    if served and not (status in (200, 203) and whole):
        return ""
    if not page_of_markup(headers):
        return ""
    page = _plain(beginning[:LOOKED_AT], headers.get("Content-Encoding", ""))
    if page is None or (served and len(page) >= LOOKED_AT):
        return ""
    title = _called(page)
    part = next((by for part, by in _PARTS if part in page), "")
    if served:
        return part if title else ""
    return part or ("a page that is called so" if title else "")


def page_of_markup(headers: Mapping[str, str]) -> bool:
    """Whether this says that it is HTML, as all such pages do."""
    return "html" in headers.get("Content-Type", "").lower()


def _called(page: bytes) -> bool:
    """Whether its title is one of such pages; a site's own name may follow it."""
    found = _TITLE.search(page)
    if found is None:
        return False
    title = found[1].decode("utf-8", "replace").lower()
    first = re.split(r" [|·–—-] ", title, maxsplit=1)[0].strip(_EDGES)
    return _CALLED.fullmatch(first) is not None


def _plain(data: bytes, coding: str) -> bytes | None:
    """The beginning without its content coding, at most LOOKED_AT bytes; None where it is coded otherwise."""
    coding = coding.strip().lower().removeprefix("x-")
    if coding in ("", "identity"):
        return data
    if coding not in ("gzip", "deflate"):
        return None
    for window in (47, -15):  # gzip or zlib, told by their headers; deflate bare, as some send it
        try:
            return zlib.decompressobj(window).decompress(data, LOOKED_AT)
        except zlib.error:
            continue
    return None
