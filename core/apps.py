"""App configuration of core."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.autoreload import BaseReloader, autoreload_started


def watch_content(sender: BaseReloader, **kwargs: object) -> None:
    """Restart `make dev` when a content file changes."""
    for app in ("guide", "checklist", "quizzes"):
        for kind in ("*.md", "*.toml"):
            sender.watch_dir(Path(settings.BASE_DIR) / app, f"**/{kind}")


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        autoreload_started.connect(watch_content)
