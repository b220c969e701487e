"""Addresses of the site itself, without content of their own."""

from django.urls import path, re_path

from core import offline_views, views

app_name = "core"
urlpatterns = [
    path("look/", views.look, name="look"),
    path("erase/", views.erase, name="erase"),
    path("erase/undo/", views.bring_back, name="bring-back"),
    path("erase/cookies/", views.erase_cookies, name="erase-cookies"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sw.js", offline_views.worker, name="worker"),
    path("offline/", offline_views.offline, name="offline"),
    path("site.webmanifest", offline_views.manifest, name="manifest"),
    re_path(r"^qr(?P<page>/(?:.+/)?)code\.png$", views.page_code, name="page-code"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # WhiteNoise answers the names of this release before any view is asked.
    re_path(r"^static/(?P<name>.+)\.[0-9a-f]{12}(?P<suffix>\.\w+)$", views.older_static, name="older-static"),
]
