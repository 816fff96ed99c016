"""Addresses of the room."""

from django.urls import path

from daybridge.program import views

app_name = "program"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("groups/", views.add_group, name="add_group"),
]
