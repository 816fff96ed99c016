"""Registers the room with Django."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "daybridge.portal"
    label = "portal"
