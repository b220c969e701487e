"""Set up a site of its own in a temporary folder, and fuzz it for as long as asked."""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.scratch import set_up


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
