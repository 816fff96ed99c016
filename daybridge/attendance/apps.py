"""Registers the room with Django."""

from django.apps import AppConfig


class Attendance(AppConfig):
    name = "daybridge.attendance"
    label = "attendance"
