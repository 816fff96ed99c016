"""Addresses of the room."""

from django.urls import URLPattern

app_name = "notes"
urlpatterns: list[URLPattern] = []
