"""The quizzes' public pages."""

from django.urls import reverse

from core.sitemaps import PublicPages
from quizzes import library


class QuizPages(PublicPages):
    def items(self) -> list[str]:
        pages = [(name, id) for id in library.current().quizzes for name in ("quiz", "method")]
        own = [reverse(f"quizzes:{name}") for name in ("index", "practice", "practice-method")]
        own += [reverse("check:check"), reverse("check:method")]
        return [reverse("styleguide"), *own, *(reverse(f"quizzes:{name}", args=[id]) for name, id in pages)]
