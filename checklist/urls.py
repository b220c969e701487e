from django.urls import path

from checklist import leaving_views, letter_views, print_views, reminder_views, resume_views, views

app_name = "checklist"
urlpatterns = [
    path("", views.index, name="index"),
    path("exposures/", views.exposures, name="exposures"),
    path("plan/", views.plan, name="plan"),
    path("plan/print/", print_views.print_plan, name="print"),
    path("reminders/", reminder_views.reminders, name="reminders"),
    path("carry/", resume_views.carry, name="carry"),
    path("resume/<str:token>/", resume_views.resume, name="resume"),
    path("steps/<slug:step>/", views.step, name="step"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/<slug:case>/", views.case, name="case"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/<slug:letter>/", letter_views.letter, name="letter"),
    path("leaving/", leaving_views.leaving, name="leaving"),
    path("leaving/<slug:tie>/", leaving_views.tie, name="tie"),
    path("together/", leaving_views.together, name="together"),
]
