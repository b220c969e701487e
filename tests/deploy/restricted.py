"""Run Python under what the unit file allows of the kernel: python -m tests.deploy.restricted -m tools.serve.

systemd itself is not needed: its system call filter is loaded with libseccomp, memory that is writable can't be made
executable, and no privilege can be gained.
"""

import ctypes
import errno
import os
import subprocess
import sys
from pathlib import Path

UNIT = Path(__file__).resolve().parents[2] / "docs" / "deploy" / "anxin@.service"
#: From linux/prctl.h and seccomp.h.
PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 38, 65
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # the latter with EPERM


def allowed_calls() -> set[str]:
    """Return the system calls of the unit's SystemCallFilter lines; a line that begins with ~ takes calls away."""
    lines = [line.partition("=")[2] for line in UNIT.read_text().splitlines() if line.startswith("SystemCallFilter=")]
    assert lines
    allowed: set[str] = set()
    for line in lines:
        calls = {call for name in line.removeprefix("~").split() for call in expand(name)}
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    return allowed


def expand(name: str) -> set[str]:
    """Return a system call, or those of a group that systemd knows."""
    if not name.startswith("@"):
        return {name}
    command = ["systemd-analyze", "syscall-filter", "--no-pager", name]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = [line.strip() for line in told.splitlines()[1:]]
    return {call for word in words if word and not word.startswith("#") for call in expand(word)}


def restrict() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for option in (PR_SET_NO_NEW_PRIVS, PR_SET_MDWE):
        failed = libc.prctl(option, 1, 0, 0, 0)
        # Linux before 6.3 does not know the second.
        if failed and not (option == PR_SET_MDWE and ctypes.get_errno() == errno.EINVAL):
            raise OSError(ctypes.get_errno(), f"prctl {option}")
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(seccomp.seccomp_init(REFUSE))
    for call in allowed_calls():
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:  # of this machine
            seccomp.seccomp_rule_add(rules, ALLOW, number, 0)
    if seccomp.seccomp_load(rules):
        raise OSError("the filter was not loaded")


if __name__ == "__main__":
    restrict()
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
