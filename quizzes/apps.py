"""The second floor."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "自查"

    def ready(self) -> None:
        pass
