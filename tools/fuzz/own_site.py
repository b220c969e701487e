"""A site in a temporary folder, with what `tools/static.sh` collected; imports no Django before it is set up."""

import os
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


def a_site_of_its_own(var: Path) -> None:
    """Django, set up with its defaults, an empty database and a secret that is the same each time."""
    for name in ("SITE_URL", "HOST", "PORT", "DEBUG", "TRUST_PROXY", "ERRORS_TO", "SECRET_KEY_FALLBACKS"):
        os.environ.pop(name, None)
    static = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "static"
    (var / "static").symlink_to(static.resolve())
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(var),
        "SECRET_KEY": "for fuzzing alone, and as long as it has to be: 0123456789",
        "REPORTS_PER_HOUR": "10000",
        "STAFF_SECOND_FACTOR": "0",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def part(seed: int, numbers: range) -> Any:
    """The requests of these numbers, in a process and with a site of its own: what `requests.run` gives."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        a_site_of_its_own(Path(folder))
        from tools.fuzz import requests

        return requests.run(seed, numbers, requests.sign_in())
