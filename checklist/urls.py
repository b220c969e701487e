from django.urls import path

from checklist import leaving_views, letter_views, views

app_name = "checklist"
urlpatterns = [
    path("", views.index, name="index"),
    path("exposures/", views.exposures, name="exposures"),
    path("plan/", views.plan, name="plan"),
    path("steps/<slug:step>/", views.step, name="step"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/<slug:case>/", views.case, name="case"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/<slug:letter>/", letter_views.letter, name="letter"),
    path("leaving/", leaving_views.leaving, name="leaving"),
    path("leaving/<slug:tie>/", leaving_views.tie, name="tie"),
    path("together/", leaving_views.together, name="together"),
]
