"""Addresses of the room."""

from django.urls import path

from daybridge.program import views

app_name = "program"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("tracks/", views.add_track, name="add_track"),
    path("rooms/", views.add_room, name="add_room"),
    path("topics/", views.add_topic, name="add_topic"),
    path("topics/starter/", views.add_starter_topics, name="add_starter_topics"),
    path("groups/", views.add_group, name="add_group"),
    path("groups/<uuid:group_id>/", views.end_group, name="end_group"),
]
