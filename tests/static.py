"""The static files of the tests: collected once for each state of the sources, shared by all processes."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "tests"
#: A secret for processes that have no other.
SECRET_KEY = "for tests alone " * 2 + "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def var() -> Path:
    """Return the folder whose `static` holds the collected files; its name is a digest of what they depend on."""
    sources = [*(ROOT / "static").rglob("*"), *(ROOT / "core").rglob("*.py"), *(ROOT / "config").rglob("*.py")]
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(path for path in sources if path.is_file()):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return FOLDER / digest.hexdigest()[:16]


def collect() -> None:
    """Collect static files unless a run before has done so. Files of other states of the sources are deleted."""
    if var().exists():
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    folder = tempfile.mkdtemp(dir=FOLDER)
    ours = {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": SECRET_KEY, "VAR_DIR": folder}
    command = ["manage.py", "collectstatic", "--skip-checks", "--no-input", "--verbosity=0"]
    subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ | ours, check=True)
    Path(folder).rename(var())  # whole or not at all: another run may be looking
