"""Addresses of the room."""

from django.urls import path

from daybridge.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="list"),
    path("<uuid:job_id>/", views.progress, name="progress"),
    path("<uuid:job_id>/restart/", views.restart, name="restart"),
]
