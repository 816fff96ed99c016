"""Registers the room with Django."""

from django.apps import AppConfig


class Reminders(AppConfig):
    name = "daybridge.reminders"
    label = "reminders"
