"""A site of its own in a temporary folder, for the fuzzer and the benchmarks."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECRET = "for fuzzing alone, and as long as it has to be: 0123456789"  # noqa: S105 (protects nothing)


def set_up(var: Path) -> None:
    """Set up Django on a new database in `var`, with the static files that tools/static.sh collected."""
    for name in ("SITE_URL", "HOST", "PORT", "DEBUG", "TRUST_PROXY", "ERRORS_TO", "SECRET_KEY_FALLBACKS"):
        os.environ.pop(name, None)
    static = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "static"
    (var / "static").symlink_to(static.resolve())
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(var), "REPORTS_PER_HOUR": "10000"}
    # Staff sign in with a password alone.
    settings["STAFF_SECOND_FACTOR"] = "0"
    os.environ |= settings | {"SECRET_KEY": SECRET}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
