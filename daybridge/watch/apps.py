"""Registers the room with Django."""

from django.apps import AppConfig


class Watch(AppConfig):
    name = "daybridge.watch"
    label = "watch"
