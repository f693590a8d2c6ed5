"""
Which addresses may be asked for.

The guard has two halves. `admit` judges an address before anything is
resolved, by how it is written; `special` judges the numeric address a socket
is about to be connected to (see `way`), so that a name that resolves inwards,
or resolves otherwise the second time, is stopped as well. Behind a proxy, and
through Tor, only the first half can be had: there the other end resolves.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable

from yarl import URL

from watcher.errors import ConfigError, FetchError
from watcher.outward import canonical, is_host, is_service, numeric, onion

# IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771),
# and the address of Azure's platform services, which lies in public space.
SPECIAL_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Global unicast is 2000::/3 (RFC 4291). All else is refused, which covers ::1,
# mapped and compatible IPv4, NAT64 64:ff9b::/96, unique local, link-local and
# multicast. Inside it: Teredo and the other protocol assignments, 6to4,
# documentation (RFC 3849, RFC 9637).
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
SPECIAL_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# RFC 6761, 6762, 8375, ICANN's `internal`, and what routers and offices use.
INNER_DOMAINS = frozenset(
    (
        "arpa",
        "corp",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "private",
    )
)
LONGEST_SHOWN = 200


def special(address: str) -> bool:
    """Whether a numeric address is not plain public unicast, or is no numeric address at all."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return True
    if isinstance(found, ipaddress.IPv4Address):
        return any(found in block for block in SPECIAL_V4)
    return found not in GLOBAL_V6 or any(found in block for block in SPECIAL_V6)


def hosts(key: str, names: Iterable[str]) -> frozenset[str]:
    """These hosts in canonical spelling. Raises ConfigError, naming `key`, for what is no host."""
    found = {name: canonical(name) for name in names}
    for name, host in found.items():
        if not is_host(host):
            raise ConfigError(
                f"{key}: {name!r} is no host; give host names or addresses without scheme or port"
            )
    return frozenset(found.values())


def shown(url: URL | str) -> str:
    """
    The address for a message, which ends in logs: host and no path.

    Query, fragment and user may hold tokens, and a file may be called after the
    person it is about.
    """
    if isinstance(url, str):
        try:
            url = URL(url)
        except ValueError:
            return "an address that cannot be read"
    port = f":{url.explicit_port}" if url.explicit_port is not None else ""
    name = url.raw_host or ""  # `host` decodes, and fails on punycode that is none
    host = f"[{name}]" if ":" in name else name
    path = "/…" if url.raw_path not in ("", "/") or url.raw_query_string else "/"
    text = f"{url.scheme}://{host}{port}{path}"
    text = "".join(each if each.isprintable() else "?" for each in text)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def parse(url: str) -> URL:
    """
    The address, without its fragment. Raises FetchError, never worth a retry.

    Only http and https, no user or password in it, a host that is a host.
    """
    try:
        found = URL(url).with_fragment(None)
    except ValueError:  # UnicodeError from IDNA is one
        raise FetchError("an address that cannot be read is not fetched", retry=False) from None
    if found.scheme not in ("http", "https"):
        raise FetchError(f"{shown(found)}: only http and https are fetched", retry=False)
    if found.raw_user is not None or found.raw_password is not None:
        raise FetchError(
            f"{shown(found)}: an address with a user or password in it is not fetched; "
            "a source takes secrets in `headers`",
            retry=False,
        )
    host = canonical(found.raw_host or "")
    if not is_host(host):
        raise FetchError(f"{shown(found)}: has no usable host name", retry=False)
    return found


def admit(url: URL, allowed: Collection[str], *, tor: bool = False) -> bool:
    """
    Whether this host may turn out to be private: it stands in `allowed` (canonical spellings).

    Raises FetchError for an onion name that is not to go through `tor` or is
    none, and for a host that is private as it is written without being
    allowed, which through Tor no host is. Nothing is resolved.
    """
    host = canonical(url.raw_host or "")
    if onion(host):
        if not tor:
            raise FetchError(
                f"{shown(url)}: an onion address needs Tor, and is not looked up without it; "
                'a source that is led there says via = "tor"',
                retry=False,
            )
        if not is_service(host):
            raise FetchError(
                f"{shown(url)}: is not an onion address (56 letters and digits with a checksum)",
                retry=False,
            )
        return False
    if host in allowed and not tor:
        return True
    digits = numeric(host)
    inner = "." not in host or host.rpartition(".")[2] in INNER_DOMAINS
    if special(digits) if digits else inner:
        raise refused(url, tor=tor)
    return False


def refused(url: URL, *, tor: bool = False) -> FetchError:
    """The error for an address that leads inwards."""
    mend = (
        "and through Tor it cannot be meant"
        if tor
        else "if it is meant, list the host under `allow_private` in [network]"
    )
    return FetchError(
        f"{shown(url)}: a private, local or special address is not fetched; {mend}", retry=False
    )
