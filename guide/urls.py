from django.urls import path, re_path

from guide import offline_views, poster_views, report_views, views

app_name = "guide"
urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", views.index, name="index"),
    path("guide/terms/", views.terms, name="terms"),
    path("guide/procedures/<slug:procedure>/report/", report_views.of_procedure, name="procedure-report"),
    path("guide/procedures/<slug:procedure>/report/thanks/", report_views.procedure_thanks, name="procedure-thanks"),
    path("guide/<slug:slug>/", views.page, name="page"),
    path("guide/<slug:slug>/report/", report_views.of_page, name="report"),
    path("guide/<slug:slug>/report/thanks/", report_views.page_thanks, name="thanks"),
    path("privacy/", views.privacy, name="privacy"),
    path("about/", views.about, name="about"),
    path("changes/", views.changes, name="changes"),
    path("poster/", poster_views.poster, name="poster"),
    path("look/", views.look, name="look"),
    path("erase/", views.erase, name="erase"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sw.js", offline_views.worker, name="worker"),
    path("offline/", offline_views.offline, name="offline"),
    path("site.webmanifest", offline_views.manifest, name="manifest"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # WhiteNoise answers the names of this release before any view is asked.
    re_path(r"^static/(?P<name>.+)\.[0-9a-f]{12}(?P<suffix>\.\w+)$", views.older_static, name="older-static"),
]
