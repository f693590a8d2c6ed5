"""What a status, or the lack of an answer, means for whoever asked."""

from __future__ import annotations

import errno
import ssl

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from watcher.errors import BROKEN, LOCAL, REFUSED, UNREACHABLE
from watcher.fetch.socks import REPLIES, TorAwayError, TorMixesError, TorRefusedError
from watcher.fetch.verdict import answered, barred, failed, pictured
from watcher.fetch.way import LostError

PAGE = URL("https://site.example/page?token=secret")


@pytest.mark.parametrize("status", [403, 408, 425, 429, 500, 502, 503, 504, 599])
def test_what_may_pass_is_worth_coming_back(status: int) -> None:
    """Blocked, timed out, too many, and the server's own trouble."""
    assert answered(PAGE, status, 9.0).retry
    assert answered(PAGE, status, 9.0).after == 9.0


@pytest.mark.parametrize("status", [202, 204, 206, 300, 400, 401, 404, 405, 410, 414, 451])
def test_what_will_not_change_is_final(status: int) -> None:
    """Gone, forbidden for good, or not a document: coming back would only annoy."""
    problem = answered(PAGE, status, 9.0)
    assert not problem.retry
    assert problem.after is None


@given(st.integers(100, 599))
def test_every_status_is_told_without_the_query(status: int) -> None:
    """Any status gives an error that names it and the host, and nothing of path or query."""
    problem = answered(PAGE, status, None)
    assert problem.status == status
    assert f"https://site.example/…: answered {status}" in str(problem)
    assert "secret" not in str(problem)


def test_a_failure_is_told_in_our_own_words() -> None:
    """What the other side or a library wrote into an exception stays out of the message."""
    for problem in (ConnectionResetError(104, "secret"), ValueError("secret"), OSError("secret")):
        told = failed(PAGE, problem, 60.0, stopped=False)
        assert told.retry
        assert "secret" not in str(told)
    assert "ECONNRESET" in str(
        failed(PAGE, ConnectionResetError(104, "secret"), 60.0, stopped=False)
    )
    assert "within 60 s" in str(failed(PAGE, TimeoutError(), 60.0, stopped=False))


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (OSError(errno.ENETUNREACH, "secret"), LOCAL),
        (OSError(errno.EMFILE, "secret"), LOCAL),
        (OSError(errno.ECONNREFUSED, "secret"), UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "secret"), UNREACHABLE),
        (ssl.SSLError(1, "secret"), UNREACHABLE),
        (TimeoutError(), UNREACHABLE),
        (TorAwayError(), LOCAL),
        (TorMixesError(), LOCAL),
        (TorRefusedError(4), UNREACHABLE),
        (aiohttp.ClientPayloadError("secret"), BROKEN),
        (LostError(aiohttp.ClientOSError(errno.ECONNRESET, "secret")), UNREACHABLE),
        (LostError(aiohttp.ServerDisconnectedError("secret")), UNREACHABLE),
    ],
)
def test_whose_trouble_it_is(problem: Exception, kind: str) -> None:
    """This machine's own, the way's, or the place's; an errno of TLS is none of the system's."""
    told = failed(PAGE, problem, 60.0, stopped=False)
    assert (told.kind, told.local, told.retry) == (kind, kind == LOCAL, True)
    assert "secret" not in str(told)


def test_a_page_that_keeps_us_out_is_told_with_what_not_to_do() -> None:
    """Worth coming back, because blocks end; and nothing is done to get past it."""
    told = barred(PAGE, "a captcha", 200, 60.0)
    assert (told.kind, told.retry, told.after, told.status) == (REFUSED, True, 60.0, 200)
    assert "get past it" in str(told)


def test_what_the_guard_stopped_is_final_and_names_the_setting() -> None:
    """A name that resolves inwards is refused like an inward address."""
    problem = failed(PAGE, OSError(), 60.0, stopped=True)
    assert not problem.retry
    assert "allow_private" in str(problem)


@pytest.mark.parametrize("code", [*REPLIES, 0xFE])
def test_what_tor_says_is_told_and_mostly_passes(code: int) -> None:
    """A service that is down may come back; a name that is none will not. No host is blamed."""
    problem = failed(PAGE, TorRefusedError(code), 120.0, stopped=False)
    assert problem.retry == (code != 0xF6)
    assert problem.after is None
    assert "secret" not in str(problem)


def test_the_trouble_of_the_way_names_its_setting() -> None:
    """Not reached, and reached but mixing: both are mended here and not at the place."""
    for trouble in (TorAwayError(), TorMixesError()):
        problem = failed(PAGE, trouble, 120.0, stopped=False)
        assert problem.retry
        assert "`tor` in [network]" in str(problem)


def test_a_picture_names_the_setting_that_asks_for_it() -> None:
    """Final, because it stays one."""
    assert not pictured(PAGE).retry
    assert "images = true" in str(pictured(PAGE))


@pytest.mark.parametrize(
    ("number", "local"),
    [(errno.ENETUNREACH, True), (errno.ENETDOWN, True), (errno.EMFILE, True), (errno.EACCES, True),
     (errno.ECONNREFUSED, False), (errno.ECONNRESET, False), (errno.EHOSTUNREACH, False)],
)  # fmt: skip
def test_our_own_side_is_told_from_the_place(number: int, *, local: bool) -> None:
    """No route and no room are this machine's; a refusal and a reset came from somewhere."""
    problem = OSError(number, "x")
    assert failed(URL("https://x.example/"), problem, 1.0, stopped=False).local is local
