"""Registers the room with Django."""

from django.apps import AppConfig


class Plans(AppConfig):
    name = "daybridge.plans"
    label = "plans"
