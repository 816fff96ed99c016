"""Registers the room with Django."""

from django.apps import AppConfig


class Episodes(AppConfig):
    name = "daybridge.episodes"
    label = "episodes"
