"""Addresses of the room."""

from django.urls import path

from daybridge.people import views

app_name = "people"
urlpatterns = [path("staff/<uuid:user_id>/", views.post, name="post")]
