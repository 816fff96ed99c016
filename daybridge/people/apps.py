"""Registers the room with Django."""

from django.apps import AppConfig


class People(AppConfig):
    name = "daybridge.people"
    label = "people"
