from django.urls import path

from guide import views
from guide.feedback import views as report_views

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
    path("changes/feed/", views.feed, name="feed"),
    path("poster/", views.poster, name="poster"),
]
