"""Registers the room with Django."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "daybridge.config"
    label = "config"
