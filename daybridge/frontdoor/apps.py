"""Registers the room with Django."""

from django.apps import AppConfig


class Frontdoor(AppConfig):
    name = "daybridge.frontdoor"
    label = "frontdoor"
