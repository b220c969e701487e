"""The URLconf. tests/site checks that each view is marked public, private or dynamic."""

from django.contrib import admin
from django.urls import include, path

import checklist.sitemaps
import core.views
import guide.sitemaps
import guide.views
import quizzes.library
import quizzes.sitemaps
import quizzes.styleguide
from core.http import errors

SITEMAPS = {
    "guide": guide.sitemaps.GuidePages,
    "checklist": checklist.sitemaps.ChecklistPages,
    "quizzes": quizzes.sitemaps.QuizPages,
}

# The guide comes last: its patterns have no prefix, so every other request would be matched against all of them.
urlpatterns = [
    path("checklist/", include("checklist.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("check/", include("quizzes.check.urls")),
    path("sitemap.xml", core.views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("search/", guide.views.search, {"index": lambda: quizzes.library.current().index}, name="search"),
    path("styleguide/", quizzes.styleguide.styleguide, name="styleguide"),
    path("admin/", admin.site.urls),
    path("", include("core.urls")),
    path("", include("guide.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
