"""
Seccomp: system calls that a process gives up (seccomp(2)), as a classic BPF program.

A list of what is refused, not of what is allowed: the libraries that read
documents, and the next release of the C library, may need calls nobody foresaw.
What is refused here reaches out: to the network, to other processes, to the
kernel's larger machinery.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # linux/prctl.h, linux/seccomp.h
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000  # __X32_SYSCALL_BIT

# Calls by name: number on x86-64, number on aarch64; −1: there is none.
_REFUSED: dict[str, tuple[int, int]] = {
    # the network, and other ways to a service
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "mq_open": (240, 180), "shmget": (29, 194),
    "msgget": (68, 186), "semget": (64, 190), "memfd_create": (319, 279),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "tkill": (200, 130), "kcmp": (312, 272), "setpriority": (141, 140),
    # names of files that are not there for us
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "mount": (165, 40),
    "umount2": (166, 39), "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430),
    "mount_setattr": (442, 442), "pivot_root": (155, 41), "chroot": (161, 51),
    # the kernel's own machinery
    "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "personality": (135, 92), "swapon": (167, 224), "reboot": (169, 142),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "syslog": (103, 116),
}  # fmt: skip
# What we may do to ourselves, by the process that is named first: who aborts sends a signal.
_SIGNALS: tuple[tuple[int, int], ...] = ((62, 129), (234, 131))  # kill, tgkill
_LIMITS = (302, 261)  # prlimit64, whose 0 is the process that asks
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # AUDIT_ARCH_…, column above


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse() -> bool:
    """
    Give up the calls above: they fail with EPERM. For this thread and all that it starts, for good.

    False on a machine whose numbers are not known here, or where the kernel has no seccomp.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = program(*machine, process=os.getpid())
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    told = _Program(len(code) // 8, code)
    return not libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(told), 0, 0)


def program(architecture: int, column: int, *, process: int) -> bytes:
    """The filter for one machine: `struct sock_filter` one after another."""
    denied = _ERRNO | errno.EPERM
    code = [
        _one(_LOAD, _ARCHITECTURE),
        _one(_EQUAL, architecture, 1, 0),
        _one(_RETURN, _KILL),  # another machine's calls have other numbers
        _one(_LOAD, _NUMBER),
    ]
    if column == 0:
        code += [_one(_AT_LEAST, _X32, 0, 1), _one(_RETURN, denied)]
    for numbers, ourselves in (*((each, process) for each in _SIGNALS), (_LIMITS, 0)):
        code += [
            _one(_EQUAL, numbers[column], 0, 4),
            _one(_LOAD, _FIRST),
            _one(_EQUAL, ourselves, 0, 1),
            _one(_RETURN, _ALLOW),
            _one(_RETURN, denied),
        ]
    for numbers in _REFUSED.values():
        code += [_one(_EQUAL, numbers[column], 0, 1), _one(_RETURN, denied)]
    return b"".join((*code, _one(_RETURN, _ALLOW)))


def _one(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
