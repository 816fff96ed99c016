"""Registers the room with Django."""

from django.apps import AppConfig


class Rights(AppConfig):
    name = "daybridge.rights"
    label = "rights"
