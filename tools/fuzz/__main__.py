"""Reads what to fuzz, and fuzzes a site in a temporary folder."""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.fuzz import own_site, parsers

#: Requests of the short run.
SHORT = 4000


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz")
    parser.add_argument("what", choices=["requests", "parsers", "table"])
    parser.add_argument("--short", action="store_true", help="what CI runs: the same each time, a minute or so")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100_000, help="requests to ask")
    parser.add_argument("--only", type=int, help="the number of the one request to ask")
    parser.add_argument("--jobs", type=int, default=1, help="processes that share the requests")
    parser.add_argument("--seconds", type=int, default=120, help="for each target")
    parser.add_argument("--target", help="the one target to try")
    parser.add_argument("--input", type=Path, help="a file with the one input for it")
    parser.add_argument("--write", action="store_true", help="the table into docs/fuzz.md")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, parsers.instrumented(chosen.what == "parsers"):
        own_site.a_site_of_its_own(Path(folder))
        return COMMANDS[chosen.what](chosen)


def _requests(chosen: argparse.Namespace) -> int:
    from tools.fuzz import requests

    if chosen.only is not None:
        return requests.again(chosen.seed, chosen.only)
    count = SHORT if chosen.short else chosen.count
    return requests.main(chosen.seed, count, chosen.jobs, long=not chosen.short)


def _parsers(chosen: argparse.Namespace) -> int:
    from tools.fuzz import targets

    tried = [target for target in targets.TARGETS if chosen.target in (None, target.name)]
    if chosen.input:
        tried[0](chosen.input.read_bytes())
        return 0
    return parsers.try_all(tried, targets.ids(), 0 if chosen.short else chosen.seconds)


def _table(chosen: argparse.Namespace) -> int:
    from tools.fuzz import bad_inputs

    return bad_inputs.main(chosen.write)


COMMANDS = {"requests": _requests, "parsers": _parsers, "table": _table}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
