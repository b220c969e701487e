"""How fast the staff page of totals is over 100,000 rows, and how fast counts are added to them. Prints one table.

.venv/bin/python -m tools.bench_totals

The rows stand in a database file of its own, which is thrown away: fifty
questions of eight options, on 250 days, all of one version of one quiz.
"""

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROWS_A_DAY, DAYS, ROUNDS = 400, 250, 30
#: What holds, in milliseconds.
LIMIT = 50.0
PAGE = "/admin/quizzes/tally/"


def main() -> int:
    """Exit code 1 where the page is over its limit."""
    with tempfile.TemporaryDirectory() as var:
        (Path(var) / "secret").write_text("for the bench alone " * 4)
        os.environ |= {"VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "config.settings"}
        return measure()


def measure() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from quizzes.models import Tally
    from quizzes.statistics.counting import Counted

    # Names of static files as they are: nobody collected them into this var/.
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = {**settings.STORAGES, **plain}
    call_command("migrate", "--skip-checks", "--no-input", verbosity=0)
    today = timezone.localdate()
    keys = [
        Counted("habits", 1, f"question-{number // 8}" if number >= 8 else "result", f"option-{number % 8}", today)
        for number in range(ROWS_A_DAY)
    ]
    for ago in range(DAYS):
        day = today - dt.timedelta(days=ago)
        Tally.objects.bulk_create([Tally(**one._replace(day=day)._asdict(), count=9 + ago % 90) for one in keys])
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.create_superuser("bench"))
    times = {
        f"page of totals, {days} days": timed(
            partial(client.get, "/admin/quizzes/tally/", {"of": "habits.1", "days": days})
        )
        for days in (7, 30, 365)
    }
    times[f"{ROWS_A_DAY} counts added"] = timed(lambda: Tally.objects.add(keys))
    print(f"rows: {Tally.objects.count()}")
    for name, figures in times.items():
        worst = sorted(figures)[int(len(figures) * 0.95)]
        print(f"{name:28} median {statistics.median(figures):6.1f} ms   95th percentile {worst:6.1f} ms")
    pages = [figures for name, figures in times.items() if name.startswith("page")]
    return int(max(statistics.median(figures) for figures in pages) > LIMIT)


def timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each round, the first not counted."""
    work()
    figures = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        figures.append((time.perf_counter() - started) * 1000)
    return figures


if __name__ == "__main__":
    raise SystemExit(main())
