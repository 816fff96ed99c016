"""Registers the room with Django."""

from django.apps import AppConfig


class Notes(AppConfig):
    name = "daybridge.notes"
    label = "notes"
