"""
What an answer's status, or the lack of an answer, means for whoever asked.

Messages name the fact and the mend. They hold nothing that the other side
wrote except the status number, and of the address neither query nor fragment.
"""

from __future__ import annotations

import errno
import socket
import ssl

import aiohttp
from yarl import URL

from watcher.errors import BROKEN, REFUSED, FetchError
from watcher.fetch import socks
from watcher.fetch.address import refused, shown
from watcher.fetch.budget import Budget
from watcher.fetch.way import LostError
from watcher.outward import canonical

# Whether coming back may help, RFC 9110 §15 and RFC 6585: timed out, too
# early, too many; 403 is how sites block, and blocks end. The rest of 4xx is final.
TEMPORARY = frozenset({403, 408, 425, 429})
# What the connecting machine's own side answers: no network, no route, no
# leave, no room. EHOSTUNREACH comes from routers on the way as well.
OUR_SIDE = frozenset(
    {
        *(errno.ENETDOWN, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EPERM, errno.EACCES),
        *(errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM),
    }
)
HOLDING = frozenset({429, 503})  # the host asks for less, with or without Retry-After
BARRED = "keeps this service out"
_BROKE_OFF = "the answer broke off before its end"
_NO_HTTP = "the answer is not proper HTTP"
_IMPROPER = (_BROKE_OFF, _NO_HTTP)


def answered(url: URL, status: int, after: float | None) -> FetchError:
    """The error for a status that brings no document. `after`: seconds to stay away, if known."""
    retry = status in TEMPORARY or status >= 500 or status == 304
    return FetchError(
        f"{shown(url)}: answered {status}{_meaning(status, after)}",
        retry=retry,
        after=after if retry else None,
        status=status,
    )


def declined(budget: Budget, url: URL, status: int, after: float | None) -> FetchError:
    """The same after the host's budget has learned of it. `after`: what the host itself said."""
    host = canonical(url.raw_host or "")
    (budget.failed if status >= 500 else budget.declined)(host)
    if status in HOLDING or (status == 403 and after is not None):
        kind = "answered" if status == 503 else REFUSED
        after = budget.hold(host, after, kind=kind, why=f"answered {status}")
    return answered(url, status, after)


def _meaning(status: int, after: float | None) -> str:
    match status:
        case 304:
            return " without being asked whether anything changed"
        case 401 | 407:
            return "; it wants a credential (`headers` of the source)"
        case 403:
            return "; it may be blocking this service: ask its operator, and visit it less often"
        case 404 | 410:
            return "; the document is gone or the address is wrong"
        case 429 | 503:
            return f"; it is left alone for {after:.0f} s" if after else ""
        case 451:
            return "; withdrawn for legal reasons"
    return ""


def failed(url: URL, problem: Exception, seconds: float, *, stopped: bool) -> FetchError:
    """The error for an exchange that brought no answer. `stopped`: by the guard, for going inwards."""
    if stopped:
        return refused(url)
    if isinstance(problem, LostError):
        problem = problem.problem
    retry = True
    match problem:
        case socks.TorRefusedError():
            told = problem.told
            retry = problem.code not in socks.FINAL
        case socks.TorMixesError():
            told = (
                "the Tor proxy takes no credentials, so that sources would share circuits "
                "(`tor` in [network]; `SocksPort` in torrc without `PreferSOCKSNoAuth`)"
            )
        case socks.TorError():
            told = (
                "the Tor proxy cannot be reached (`tor` in [network]): is the tor service running?"
            )
        case TimeoutError():
            told = f"no complete answer within {seconds:g} s"
        case aiohttp.ClientHttpProxyError():
            told = f"the proxy answered {problem.status} (`proxy` in [network])"
        case aiohttp.ClientProxyConnectionError():
            told = "the proxy cannot be reached (`proxy` in [network])"
        case aiohttp.ClientConnectorDNSError():
            told = "its name does not resolve"
        case aiohttp.ClientSSLError() | aiohttp.ClientConnectorCertificateError():
            told = "its TLS certificate is not accepted (`ca_file` in [network], if a proxy signs)"
        case OSError(errno=int(number)) if number in errno.errorcode:
            told = f"the connection failed ({errno.errorcode[number]})"
        case aiohttp.ClientPayloadError():
            told = _BROKE_OFF
        case aiohttp.ServerDisconnectedError():
            told = "the connection was closed without an answer"
        case aiohttp.ClientResponseError():
            told = _NO_HTTP
        case _:
            told = f"the connection failed ({type(problem).__name__})"
    kind = BROKEN if told in _IMPROPER else ""
    return FetchError(f"{shown(url)}: {told}", retry=retry, local=_ours(problem), kind=kind)


def lost(
    budget: Budget, url: URL, problem: Exception, seconds: float, *, stopped: bool
) -> FetchError:
    """The same after the host's budget has learned of it, where it is the host's trouble."""
    told = failed(url, problem, seconds, stopped=stopped)
    if told.retry and not told.local:
        budget.failed(canonical(url.raw_host or ""))
    return told


def _ours(problem: Exception) -> bool:
    """Whether this machine could reach nobody, as far as one failure tells."""
    match problem:
        case socks.TorRefusedError() | ssl.SSLError() | aiohttp.ClientSSLError():
            return False  # the errno of TLS is of its own counting, in which 1 is not EPERM
        case socks.TorError() | aiohttp.ClientProxyConnectionError():
            return True
        case aiohttp.ClientHttpProxyError():
            return problem.status == 407
        case aiohttp.ClientConnectorDNSError():
            # RFC 3493 §6.1: no name server answered, as against: it says that there is no such name.
            return problem.os_error.errno == socket.EAI_AGAIN
        case OSError(errno=int(number)):
            return number in OUR_SIDE
    return False


def barred(url: URL, by: str, status: int, after: float) -> FetchError:
    """The error for a page that stands between us and the place. `by`: whose or which it is."""
    return FetchError(
        f"{shown(url)}: {BARRED} ({by}, status {status}); nothing is done to get "
        "past it: ask its operator for access, or switch the source off",
        retry=True,
        after=after,
        status=status,
        kind=REFUSED,
    )


def pictured(url: URL) -> FetchError:
    """The error for a picture that came through Tor unasked."""
    return FetchError(
        f"{shown(url)}: is a picture, and none is fetched through Tor; "
        "images = true in the source's table asks for them",
        retry=False,
        status=200,
    )
