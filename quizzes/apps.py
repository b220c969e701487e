"""App configuration for the quizzes."""

from django.apps import AppConfig
from django.core.checks import register


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "自查"

    def ready(self) -> None:
        from checklist.plan import begun
        from quizzes.begun import show_answered
        from quizzes.checks import content_is_sound

        register(content_is_sound)
        begun.shows.append(show_answered)
