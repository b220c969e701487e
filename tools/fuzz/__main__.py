"""Set up a site of its own in a temporary folder, and fuzz it for as long as asked."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "for fuzzing alone, and as long as it has to be: 0123456789"  # noqa: S105 (protects nothing)


def set_up(var: Path) -> None:
    """Set up Django on a new database in `var`, with the static files that tools/static.sh collected."""
    for name in ("SITE_URL", "HOST", "PORT", "DEBUG", "TRUST_PROXY", "ERRORS_TO", "SECRET_KEY_FALLBACKS"):
        os.environ.pop(name, None)
    static = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "static"
    (var / "static").symlink_to(static.resolve())
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(var), "REPORTS_PER_HOUR": "10000"}
    # Staff of the fuzzer sign in with a password alone.
    settings["STAFF_SECOND_FACTOR"] = "0"
    os.environ |= settings | {"SECRET_KEY": SECRET}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz")
    parser.add_argument("what", nargs="?", choices=["run", "table"], default="run")
    parser.add_argument("--short", action="store_true", help="the run of CI: a minute or less")
    parser.add_argument("--minutes", type=float, default=20, help="of the long run")
    parser.add_argument("--seed", type=int, default=1, help="where to begin; a failure names its own")
    parser.add_argument("--write", action="store_true", help="the table into tests/fuzz/bad_inputs.md")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        set_up(Path(folder))
        from tests.fuzz import bad_inputs
        from tools.fuzz import run

        if chosen.what == "table":
            return bad_inputs.main(chosen.write)
        return run.main(Path(folder), 25 if chosen.short else 60 * chosen.minutes, chosen.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
