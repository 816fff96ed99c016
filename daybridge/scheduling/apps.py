"""Registers the room with Django."""

from django.apps import AppConfig


class Scheduling(AppConfig):
    name = "daybridge.scheduling"
    label = "scheduling"
