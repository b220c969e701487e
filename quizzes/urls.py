from django.urls import path

from quizzes import practice_views, tally_views, views, worth_views

app_name = "quizzes"
urlpatterns = [
    path("", views.index, name="index"),
    path("practice/", practice_views.landing, name="practice"),
    path("practice/method/", practice_views.method, name="practice-method"),
    path("practice/next/", practice_views.next_scene, name="practice-next"),
    path("practice/sure/", practice_views.sure, name="sure"),
    path("practice/result/", practice_views.result, name="practice-result"),
    path("practice/again/", practice_views.again, name="practice-again"),
    path("practice/<slug:scene>/", practice_views.scene, name="scene"),
    path("count/", tally_views.counting, name="counting"),
    path("worth-it/", worth_views.worth_it, name="worth-it"),
    path("<slug:quiz>/", views.landing, name="quiz"),
    path("<slug:quiz>/method/", views.method, name="method"),
    path("<slug:quiz>/result/", views.result, name="result"),
    path("<slug:quiz>/card/", views.card, name="card"),
    path("<slug:quiz>/again/", views.again, name="again"),
    path("<slug:quiz>/<slug:question>/", views.question, name="question"),
]
