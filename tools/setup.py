"""Make .venv and var/ ready: what the lock lists, and a secret. Started by setup.sh.

Runs on a bare Python, so it uses the standard library only. The second time
there is nothing to do, and it takes a moment.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
RUNTIME, DEV = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


def main(argv: list[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    os.umask(0o077)
    VAR.mkdir(parents=True, exist_ok=True)
    close_to_others(VAR)
    with (VAR / "setup.lock").open("w") as lock:
        # One setup at a time. pip inherits the lock: if it outlives this process, the next setup waits for it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.set_inheritable(lock.fileno(), True)
        make_secret(VAR / "secret")
        # The packages are no secret: the site may run as another user than the one that installs them.
        os.umask(0o022)
        if not usable():
            make_venv()
        install([RUNTIME, DEV] if argv == ["dev"] else [RUNTIME])


def close_to_others(var: Path) -> None:
    """Take the rights of other users from a folder and files that an older release made.

    They may still pass through the folder: nginx reads the static files in it.
    """
    var.chmod(0o711)
    for path in (var / "secret", *var.glob("db.sqlite3*")):
        if path.is_file():
            path.chmod(0o600)


def make_secret(path: Path) -> None:
    """Once, readable by its owner only. Settings prefer SECRET_KEY from the environment."""
    if path.exists() and path.stat().st_size:
        return
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")


def usable() -> bool:
    """Whether .venv works and was made here. Asked with the lock held: a setup before us may have made it."""
    if Path(sys.prefix) == VENV:
        return True
    try:
        here = (VENV / "made-in").read_text(encoding="utf-8").strip() == str(ROOT)
        return here and not subprocess.run([VENV / "bin/python", "-c", "import pip"], check=False).returncode
    except OSError:
        return False


def make_venv() -> None:
    say(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}.")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], close_fds=False, capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        fail(
            f"Python {version} can't make virtual environments: install its venv module "
            f"(on Debian: apt-get install python{version}-venv)."
        )
    (VENV / "made-in").write_text(f"{ROOT}\n", encoding="utf-8")


def install(locks: list[Path]) -> None:
    """Install `locks` together, so that two which disagree are refused; nothing if they already are."""
    wanted = {stamp(lock): hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    if all(path.exists() and path.read_text() == digest for path, digest in wanted.items()):
        return
    say(f"Installing {' and '.join(lock.name for lock in locks)} into .venv, once.")
    for lock in (RUNTIME, DEV):
        stamp(lock).unlink(missing_ok=True)
    pip = [f"{VENV}/bin/python", "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    pip += ["--require-hashes", *(f"--requirement={lock}" for lock in locks)]
    if subprocess.run(pip, close_fds=False, check=False).returncode:
        fail("The packages could not be installed: pip says why above.")
    for path, digest in wanted.items():
        path.write_text(digest)


def stamp(lock: Path) -> Path:
    return VENV / f"{lock.stem}.installed"


def say(line: str) -> None:
    print(line, flush=True)


def fail(line: str) -> None:
    print(line, file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
