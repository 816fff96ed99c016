"""Registers the room with Django."""

from django.apps import AppConfig


class Chart(AppConfig):
    name = "daybridge.chart"
    label = "chart"
