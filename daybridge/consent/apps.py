"""Registers the room with Django."""

from django.apps import AppConfig


class Consent(AppConfig):
    name = "daybridge.consent"
    label = "consent"
