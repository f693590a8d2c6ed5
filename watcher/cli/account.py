"""
As whom a command runs.

A command run as root on another user's data directory becomes that user
first, so that the service can still write its own files afterwards.
"""

from __future__ import annotations

import os
import pwd
import stat
import sys
from pathlib import Path

import watcher
from watcher.errors import ConfigError


def become_owner(data: Path) -> None:
    """
    As root, become the owner of the data directory; then see that it can be entered.

    A directory that is not there is for the command to tell. Raises ConfigError
    that names the user and the mend.
    """
    owner = _looked_at(data)
    if owner is None:
        return
    if os.geteuid() == 0 and owner.st_uid != 0:
        _become(owner.st_uid, owner.st_gid)
        _check_program(data)
        owner = _looked_at(data) or owner
    if not stat.S_ISDIR(owner.st_mode):
        raise ConfigError(f"{data}: is not a directory; mend [store] directory")
    if not os.access(data, os.R_OK | os.X_OK):
        mend = f"chmod 700 {data}"
        if owner.st_uid != os.geteuid():
            mend = f"run the command as {_name(owner.st_uid)}, to whom it belongs, or as root"
        raise ConfigError(f"{data}: {_name(os.geteuid())} may not enter it; {mend}")


def _looked_at(data: Path) -> os.stat_result | None:
    """The directory, None if there is none. A way down to it that is closed is a ConfigError."""
    try:
        return data.stat()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise ConfigError(
            f"{data}: {problem.strerror} for {_name(os.geteuid())}; run the command as root or as "
            "the user whom the data belongs to, open the way to it, or mend [store] directory"
        ) from problem


def _become(user: int, group: int) -> None:
    try:
        os.initgroups(pwd.getpwuid(user).pw_name, group)
    except KeyError:  # files of an account that this machine does not have
        os.setgroups([group])
    os.setgid(group)
    os.setuid(user)


def _check_program(data: Path) -> None:
    """Modules are loaded when they are needed, and the reading workers are started anew."""
    program = ((watcher.__file__, os.R_OK), (os.__file__, os.R_OK), (sys.executable, os.X_OK))
    for path, how in program:
        if path and not os.access(path, how):
            raise ConfigError(
                f"{path}: the program's files cannot be read by {_name(os.geteuid())}, to whom "
                f"{data} belongs; install watcher where all may read it, such as /opt/watcher"
            )


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
