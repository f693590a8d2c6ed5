"""Whether Tor is there for the sources that need it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from datetime import datetime

from watcher import outward
from watcher.config.settings import Config
from watcher.doctor.check import Check
from watcher.fetch.socks import ACCEPTED, GREETING

PATIENCE = 5.0  # seconds: the proxy answers a greeting by itself, without Tor's network

MEND = "apt install tor; docs/operating.md has the lines for /etc/tor/torrc"


def tor(config: Config, _: datetime) -> Iterator[Check]:
    """
    Whether the proxy answers a greeting, if any source goes there.

    Nothing is asked of it: what is said goes to the configured address and no further.
    """
    needing = [
        name for name, table in config.sources.items() if table.enabled and outward.by_tor(table)
    ]
    if not needing:
        return
    proxy = outward.tor(config.network)
    whose = ", ".join(needing)
    if proxy is None:
        yield Check(
            level="error",
            what=f"Tor: {whose} cannot do without it, and network.tor is empty",
            mend=f'tor = "socks5://127.0.0.1:9050" in [network]; {MEND}',
        )
        return
    trouble = _trouble(proxy)
    if trouble:
        yield Check(level="error", what=f"Tor: {trouble}: {whose} see nothing", mend=MEND, code=3)
        return
    yield Check(level="ok", what=f"Tor: the proxy at {config.network.tor} answers, for {whose}")
    if not ipaddress.ip_address(proxy[0]).is_loopback:
        yield Check(
            level="warn",
            what="Tor: the proxy is on another machine; what is asked of it can be read on the way",
            mend="run tor on this machine",
        )


def _trouble(proxy: tuple[str, int]) -> str:
    """What is wrong with the proxy, "" if it takes credentials as it must."""
    try:
        with socket.create_connection(proxy, timeout=PATIENCE) as sock:
            sock.sendall(GREETING)
            answer = sock.recv(len(ACCEPTED), socket.MSG_WAITALL)
    except OSError as problem:
        return f"the proxy cannot be reached ({problem.strerror or 'no answer'})"
    if answer != ACCEPTED:
        return "what listens there is no SOCKS port of tor's that takes credentials"
    return ""
