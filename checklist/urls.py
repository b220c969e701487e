from django.urls import path

from checklist import views
from checklist.leaving import views as leaving_views
from checklist.letters import views as letter_views
from checklist.plan import exposure_views, if_then_views, plan_views, print_views, reminder_views
from checklist.resume import views as resume_views
from checklist.urgent import views as urgent_views

app_name = "checklist"
urlpatterns = [
    path("", views.index, name="index"),
    path("exposures/", exposure_views.exposures, name="exposures"),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/print/", print_views.print_plan, name="print"),
    path("lines/", if_then_views.lines, name="lines"),
    path("reminders/", reminder_views.reminders, name="reminders"),
    path("carry/", resume_views.carry, name="carry"),
    path("resume/<str:token>/", resume_views.resume, name="resume"),
    path("resume/<str:token>/code.png", resume_views.resume_code, name="resume-code"),
    path("steps/<slug:step>/", views.step, name="step"),
    path("emergency/", urgent_views.emergency, name="emergency"),
    path("also/", urgent_views.also, name="also"),
    path("emergency/<slug:case>/", urgent_views.case, name="case"),
    path("emergency/<slug:case>/<slug:form>/", urgent_views.case, name="form"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/<slug:letter>/", letter_views.letter, name="letter"),
    path("leaving/", leaving_views.leaving, name="leaving"),
    path("leaving/<slug:tie>/", leaving_views.tie, name="tie"),
    path("together/", leaving_views.together, name="together"),
]
