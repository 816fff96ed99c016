"""Registers the room with Django."""

from django.apps import AppConfig


class LevelOfCare(AppConfig):
    name = "daybridge.level_of_care"
    label = "level_of_care"
