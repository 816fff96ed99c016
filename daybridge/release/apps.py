"""Registers the room with Django."""

from django.apps import AppConfig


class Release(AppConfig):
    name = "daybridge.release"
    label = "release"
