from django.urls import path

from quizzes.check import views

app_name = "check"
urlpatterns = [
    path("", views.check, name="check"),
    path("method/", views.method, name="method"),
]
