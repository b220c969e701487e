"""What reads content, cookies and forms, each as a target: any bytes may come, and only the named errors may be raised.

With atheris (make fuzz installs it), libFuzzer looks for bytes that reach new lines of ours. Without it, seeds are
wrecked by chance: less thorough, and the same everywhere.
"""

import os
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
#: Whose lines count as reached: ours, and what we hand strings of readers and editors to.
OURS = ["guide", "checklist", "quizzes", "markdown", "django.utils.http"]
#: The longest input, in bytes; more than any cookie, and enough for a content file of the small tree.
LONGEST = 4096
#: How long one input may take, in seconds; and all memory, in MB.
PATIENCE, MEMORY = 20, 2048


@dataclass(frozen=True)
class Target:
    """A reader of bytes: `seeds` are real ones, `allowed` what it may raise, `short` the inputs of a short run."""

    name: str
    reads: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    allowed: tuple[type[Exception], ...] = ()
    short: int = 2000

    def __call__(self, data: bytes) -> None:
        """Raises what must not be raised."""
        try:
            self.reads(data)
        except self.allowed:
            return


@contextmanager
def instrumented(wanted: bool) -> Iterator[None]:
    """Whatever of ours is imported inside tells atheris which lines it reaches: slower, so only where `wanted`."""
    atheris = _atheris() if wanted else None
    if atheris is None:
        yield
        return
    with redirect_stderr(StringIO()), atheris.instrument_imports(include=OURS):
        yield


@cache
def _atheris() -> Any:
    try:
        return import_module("atheris")
    except ImportError:
        return None


def try_all(targets: Sequence[Target], words: Sequence[str], seconds: int) -> int:
    """Tries each target for so many seconds; with 0, the inputs of its short run. Exit code 1 where one failed.

    `words` are put into inputs whole: no chance finds an id letter by letter.
    """
    how = "guided by coverage" if _atheris() else "seeds wrecked by chance: no atheris here"
    print(f"{len(targets)} targets, {f'{seconds} s each' if seconds else 'a short run'}, {how}")
    failed = [target.name for target in targets if not _try(target, words, seconds)]
    print(f"Failed: {', '.join(failed)}" if failed else "No target raised what it must not.")
    return 1 if failed else 0


def _try(target: Target, words: Sequence[str], seconds: int) -> bool:
    """One target, in a process of its own where atheris drives it: libFuzzer ends the process that it runs in."""
    seeds = target.seeds()
    if _atheris() is None:
        found = wreck(target, random.Random(1), 200 * seconds or target.short)  # noqa: S311 (no secret)
        if found is not None:
            _tell(target, found)
        return found is None
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        (folder / "corpus").mkdir()
        for number, seed in enumerate(seeds):
            (folder / "corpus" / str(number)).write_bytes(seed[:LONGEST])
        (folder / "words").write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")
        child = os.fork()
        if not child:
            _drive(target, folder, f"-max_total_time={seconds}" if seconds else f"-runs={target.short}")
        _, status = os.waitpid(child, 0)
        log = (folder / "log").read_text(encoding="utf-8", errors="replace")
        kept = sorted(folder.glob("fault-*"))
        for path in kept:
            _tell(target, path.read_bytes())
        print(f"{target.name}: {_figures(log)}" if not status else f"{target.name}:\n{log[-4000:]}", flush=True)
    return not status and not kept


def _drive(target: Target, folder: Path, limit: str) -> None:
    """Never returns: what it was forked from is not to be ended, or tidied away, by the child."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    options = [
        f"-max_len={LONGEST}",
        f"-timeout={PATIENCE}",
        f"-rss_limit_mb={MEMORY}",
        "-seed=1",
        "-print_final_stats=1",
    ]
    files = [f"-artifact_prefix={folder}/fault-", f"-dict={folder}/words", str(folder / "corpus")]

    def reads(data: bytes) -> None:
        try:
            target(data)
        except Exception:
            (folder / "fault-raised").write_bytes(data)  # libFuzzer itself keeps what hangs, or takes all memory
            raise

    try:
        _atheris().Setup([target.name, limit, *options, *files], reads)
        _atheris().Fuzz()
    finally:
        os._exit(1)  # libFuzzer ends the process itself; here it only comes with an exception


def _figures(log: str) -> str:
    """How many inputs, and how many edges of our code they reached: at first, from the seeds alone, and at last."""
    inputs = re.findall(r"stat::number_of_executed_units: +(\d+)", log)
    reached = re.findall(r"cov: (\d+)", log)
    return f"{inputs[-1] if inputs else '?'} inputs, edges {reached[0]} → {reached[-1]}" if reached else log[-500:]


def _tell(target: Target, data: bytes) -> None:
    """What went wrong, and how to see it again."""
    kept = Path(os.environ.get("FUZZ_KEEP") or ROOT / "var" / "fuzz") / f"{target.name}.bin"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    print(f"{target.name}: {data[:200]!r}\nAgain: python -m tools.fuzz parsers --target {target.name} --input {kept}")


def wreck(target: Target, chance: random.Random, runs: int) -> bytes | None:
    """The first of so many inputs, real ones and wrecked ones, that the target fails at; None where it stands."""
    from tools.fuzz.damage import wrecked

    seeds = target.seeds()
    for number in range(runs):
        data = seeds[number % len(seeds)]
        for _ in range(chance.randrange(4) if number >= len(seeds) else 0):
            data = wrecked(data, chance)[:LONGEST]
        try:
            target(data)
        except Exception:
            return data
    return None
