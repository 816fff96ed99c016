"""Addresses of the room."""

from django.urls import URLPattern

app_name = "chart"
urlpatterns: list[URLPattern] = []
