"""Registers the room with Django."""

from django.apps import AppConfig


class Keeping(AppConfig):
    name = "daybridge.keeping"
    label = "keeping"
