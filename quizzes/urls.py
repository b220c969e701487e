from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:quiz>/", views.landing, name="quiz"),
    path("<slug:quiz>/method/", views.method, name="method"),
    path("<slug:quiz>/result/", views.result, name="result"),
    path("<slug:quiz>/card/", views.card, name="card"),
    path("<slug:quiz>/again/", views.again, name="again"),
    path("<slug:quiz>/<slug:question>/", views.question, name="question"),
]
