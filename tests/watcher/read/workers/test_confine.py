from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from watcher.read.workers import landlock


def confined(then: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that confines itself, then does this."""
    code = (
        "import os, resource, signal, sys\n"
        "from watcher.read.workers import confine\n"
        "confine.at_once(); confine.memory(64 << 20); confine.processor(0)\n" + then
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False
    )


def test_memory_is_bounded() -> None:
    """More address space than allowed is a MemoryError; less is not."""
    ran = confined("bytes(32 << 20)\ntry: bytes(256 << 20)\nexcept MemoryError: print('refused')")
    assert ran.stdout == "refused\n"


def test_whether_there_is_room_is_known_without_taking_it() -> None:
    """Also where nothing of the system can be looked at."""
    ran = confined(
        "confine.apart()\nprint(confine.room(48 << 20), confine.room(128 << 20))\n"
        "held = bytes(32 << 20)\nprint(confine.room(48 << 20))"
    )
    assert ran.stdout == "True False\nFalse\n"


def test_processor_time_is_bounded() -> None:
    """A loop without end is ended by the system."""
    assert confined("while True: pass").returncode == -signal.SIGXCPU


def test_nothing_can_be_written() -> None:
    """No file grows by a byte, none is dumped, few are open."""
    ran = confined(
        "import tempfile\n"
        "try: tempfile.TemporaryFile(buffering=0).write(b'x')\n"
        "except OSError: print('refused')\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), sys.dont_write_bytecode)\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0] <= 32)\n"
    )
    assert ran.stdout == "refused\n(0, 0) True\nTrue\n"


def test_signals_of_the_service_are_not_heard() -> None:
    """Ctrl-C and a stop of the unit are the service's to act on."""
    ran = confined(
        "os.kill(os.getpid(), signal.SIGINT); os.kill(os.getpid(), signal.SIGTERM)\nprint('here')"
    )
    assert ran.stdout == "here\n"


def test_nothing_else_can_be_reached() -> None:
    """No network, no other process, no file of the system's settings; what reads is still loaded."""
    if not landlock.version():
        pytest.skip("this kernel has no Landlock")
    ran = confined(
        "import socket\n"
        "confine.apart()\n"
        "def tried(what):\n"
        "    try: what()\n"
        "    except PermissionError: return 'refused'\n"
        "    return 'done'\n"
        "print(tried(lambda: open('/etc/passwd')), tried(lambda: open(f'/proc/{os.getppid()}/mem', 'rb')))\n"
        "print(tried(socket.socket), tried(lambda: os.kill(os.getppid(), 0)))\n"
        "print(tried(lambda: os.posix_spawn('/bin/true', ['true'], {})))\n"
        "import lxml.html, python_calamine, mimetypes; mimetypes.init(); confine.processor(9)\n"
        "print('loaded')\n"
    )
    assert ran.stdout.split() == ["refused"] * 5 + ["loaded"]
