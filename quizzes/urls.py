from django.urls import include, path

from quizzes import views
from quizzes.practice import views as practice_views
from quizzes.statistics import views as tally_views
from quizzes.worth import views as worth_views

app_name = "quizzes"
PRACTICE = [
    path("", practice_views.landing, name="practice"),
    path("method/", practice_views.method, name="practice-method"),
    path("next/", practice_views.next_scene, name="practice-next"),
    path("sure/", practice_views.sure, name="sure"),
    path("result/", practice_views.result, name="practice-result"),
    path("again/", practice_views.again, name="practice-again"),
    path("<slug:scene>/", practice_views.scene, name="scene"),
]
urlpatterns = [
    path("", views.index, name="index"),
    path("practice/", include(PRACTICE)),
    path("count/", tally_views.counting, name="counting"),
    path("worth-it/", worth_views.worth_it, name="worth-it"),
    path("<slug:quiz>/", views.landing, name="quiz"),
    path("<slug:quiz>/method/", views.method, name="method"),
    path("<slug:quiz>/result/", views.result, name="result"),
    path("<slug:quiz>/card/", views.card, name="card"),
    path("<slug:quiz>/again/", views.again, name="again"),
    path("<slug:quiz>/<slug:question>/", views.question, name="question"),
]
