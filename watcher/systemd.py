"""
What we tell the service manager: ready, alive, stopping, and a line of status.

The protocol of sd_notify(3): a datagram to the socket that $NOTIFY_SOCKET
names. Without that variable nothing is sent: the service also runs by hand.
"""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Mapping
from datetime import timedelta

_LONGEST = 200  # characters of status


def ready(environ: Mapping[str, str] | None = None) -> bool:
    """Start-up, or taking up a new configuration, is done. Whether it was sent."""
    return _notify("READY=1", environ)


def reloading(environ: Mapping[str, str] | None = None) -> bool:
    """A new configuration is being taken up; `ready` must follow. Whether it was sent."""
    return _notify("RELOADING=1", environ)


def stopping(environ: Mapping[str, str] | None = None) -> bool:
    """The service is putting things away. Whether it was sent."""
    return _notify("STOPPING=1", environ)


def watchdog(environ: Mapping[str, str] | None = None) -> bool:
    """We live. Only for one who has just seen progress. Whether it was sent."""
    return _notify("WATCHDOG=1", environ)


def status(text: str, environ: Mapping[str, str] | None = None) -> bool:
    """One line for `systemctl status`: our own words and counts. Whether it was sent."""
    line = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in text)
    return _notify(f"STATUS={line[:_LONGEST]}", environ)


def watchdog_interval(environ: Mapping[str, str] | None = None) -> timedelta | None:
    """
    The time within which `watchdog` must be called, or None if nobody waits for it.

    Call it twice as often (sd_watchdog_enabled(3)).
    """
    environ = os.environ if environ is None else environ
    microseconds = environ.get("WATCHDOG_USEC", "")
    if not (microseconds.isascii() and microseconds.isdigit() and int(microseconds)):
        return None
    if environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None  # meant for another process, whose environment we inherited
    return timedelta(microseconds=int(microseconds))


def _notify(state: str, environ: Mapping[str, str] | None) -> bool:
    address = (os.environ if environ is None else environ).get("NOTIFY_SOCKET", "")
    if address[:1] not in ("/", "@"):
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]  # a name in Linux's abstract space
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            sender.sendto(state.encode(), address)
    except OSError:
        return False  # a manager that does not listen is no reason to stop watching
    return True
