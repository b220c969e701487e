"""Make the locks, or see whether they are fresh.

    python -m tools.lock            what is locked stays, unless it no longer fits
    python -m tools.lock --upgrade  the newest of everything
    python -m tools.lock --check    exit code 1 where a lock is not that of its .in file

The dev lock reads the runtime lock (`-r requirements.txt`), so it can't pick
another version. Each lock ends in a digest of what it was made from: so
checking needs no network.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Each lock, and the files that it is made from. The runtime lock comes first.
LOCKS = {
    "requirements.txt": ["requirements.in"],
    "requirements-dev.txt": ["requirements-dev.in", "requirements.txt"],
    "requirements-release.txt": ["requirements-release.in"],
}


def main(argv: list[str]) -> int:
    if argv == ["--check"]:
        stale = [lock for lock in LOCKS if not (ROOT / lock).read_text(encoding="utf-8").endswith(seal(lock))]
        for lock in stale:
            print(f"{lock}: not made from the present {' and '.join(LOCKS[lock])}: run make lock", file=sys.stderr)
        return 1 if stale else 0
    for lock, (source, *_) in LOCKS.items():
        compile_lock(source, lock, argv)
    return 0


def compile_lock(source: str, lock: str, options: list[str]) -> None:
    uv = [".venv/bin/uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    header = ["--no-emit-index-url", "--custom-compile-command", "make lock"]
    subprocess.run([*uv, *header, *options, source, "--output-file", lock], cwd=ROOT, check=True)
    with (ROOT / lock).open("a", encoding="utf-8") as file:
        file.write(seal(lock))


def seal(lock: str) -> str:
    made_from = b"".join((ROOT / source).read_bytes() for source in LOCKS[lock])
    return f"# made from {hashlib.sha256(made_from).hexdigest()[:16]}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
