from django.urls import path

from checklist import lines_views, views

app_name = "checklist"
urlpatterns = [
    path("", views.index, name="index"),
    path("exposures/", views.exposures, name="exposures"),
    path("plan/", views.plan, name="plan"),
    path("lines/", lines_views.lines, name="lines"),
    path("steps/<slug:step>/", views.step, name="step"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/<slug:case>/", views.case, name="case"),
]
