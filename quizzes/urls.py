from django.urls import path

from quizzes import tally_views, views, worth_views

app_name = "quizzes"
urlpatterns = [
    path("", views.index, name="index"),
    path("count/", tally_views.counting, name="counting"),
    path("worth-it/", worth_views.worth_it, name="worth-it"),
    path("<slug:quiz>/", views.landing, name="quiz"),
    path("<slug:quiz>/method/", views.method, name="method"),
    path("<slug:quiz>/result/", views.result, name="result"),
    path("<slug:quiz>/again/", views.again, name="again"),
    path("<slug:quiz>/<slug:question>/", views.question, name="question"),
]
