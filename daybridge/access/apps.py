"""Registers the room with Django."""

from django.apps import AppConfig


class Access(AppConfig):
    name = "daybridge.access"
    label = "access"
