"""The ui room: components, words and drafts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "daybridge.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
