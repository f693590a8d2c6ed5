"""System calls given up."""

from __future__ import annotations

import errno
import struct
import subprocess
import sys

import pytest

from watcher.read.workers.seccomp import _LIMITS, _MACHINES, _REFUSED, _SIGNALS, program

ALLOWED, KILLED, REFUSED = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
PROCESS = 4321


def decided(code: bytes, architecture: int, number: int, first: int = 0) -> int:
    """What the kernel's machine (filter.rst) says of a call; a BPF program of these few kinds."""
    data = struct.pack("=IIQQ", number, architecture, 0, first)
    steps = list(struct.iter_unpack("=HBBI", code))
    at = held = 0
    while True:
        kind, if_true, if_false, value = steps[at]
        at += 1
        if kind == 0x20:
            held = struct.unpack_from("=I", data, value)[0]
        elif kind == 0x06:
            return int(value)
        else:
            true = held >= value if kind == 0x35 else held == value
            at += if_true if true else if_false


@pytest.mark.parametrize("machine", list(_MACHINES))
def test_what_is_listed_is_refused_and_nothing_else(machine: str) -> None:
    architecture, column = _MACHINES[machine]
    code = program(architecture, column, process=PROCESS)
    refused = {numbers[column] for numbers in _REFUSED.values()}
    ours = {_LIMITS[column]: 0} | {each[column]: PROCESS for each in _SIGNALS}
    for number in range(600):
        if number in ours:
            assert decided(code, architecture, number, ours[number]) == ALLOWED
            assert decided(code, architecture, number, ours[number] + 1) == REFUSED
        else:
            expected = REFUSED if number in refused else ALLOWED
            assert decided(code, architecture, number) == expected


def test_another_machines_calls_end_the_process() -> None:
    architecture, column = _MACHINES["x86_64"]
    code = program(architecture, column, process=PROCESS)
    assert decided(code, _MACHINES["aarch64"][0], 0) == KILLED
    assert decided(code, architecture, 0x40000000 + 41) == REFUSED  # x32's spelling of a socket


def test_the_kernel_takes_the_filter() -> None:
    """Each call fails for a process that has given it up, whoever it runs as."""
    if __import__("platform").machine() not in _MACHINES:
        pytest.skip("no numbers of this machine's system calls")
    script = """
import ctypes, errno, os, platform
from watcher.read.workers.seccomp import _MACHINES, _REFUSED, refuse
assert refuse()
libc = ctypes.CDLL(None, use_errno=True)
column = _MACHINES[platform.machine()][1]
for name, numbers in _REFUSED.items():
    ctypes.set_errno(0)
    done = libc.syscall(numbers[column], -1, -1, -1, -1, -1, -1)
    if done != -1 or ctypes.get_errno() != errno.EPERM:
        print(name, done, ctypes.get_errno())
os.kill(os.getpid(), 0)
print("end")
"""
    ran = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "end\n"
