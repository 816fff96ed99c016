"""Addresses of the room."""

from django.urls import path

from daybridge.program.views import adding, ending, overview

app_name = "program"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("tracks/", adding.add_track, name="add_track"),
    path("rooms/", adding.add_room, name="add_room"),
    path("topics/", adding.add_topic, name="add_topic"),
    path("topics/starter/", adding.add_starter_topics, name="add_starter_topics"),
    path("groups/", adding.add_group, name="add_group"),
    path("groups/<uuid:group_id>/", ending.end_group, name="end_group"),
]
