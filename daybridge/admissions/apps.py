"""Registers the room with Django."""

from django.apps import AppConfig


class Admissions(AppConfig):
    name = "daybridge.admissions"
    label = "admissions"
