"""Registers the room with Django."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "daybridge.audit"
    label = "audit"
