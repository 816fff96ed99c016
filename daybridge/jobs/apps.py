"""Registers the room with Django."""

from django.apps import AppConfig


class Jobs(AppConfig):
    name = "daybridge.jobs"
    label = "jobs"
