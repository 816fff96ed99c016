"""Registers the room with Django."""

from django.apps import AppConfig


class Program(AppConfig):
    name = "daybridge.program"
    label = "program"
