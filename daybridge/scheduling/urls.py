"""Addresses of the room."""

from django.urls import URLPattern

app_name = "scheduling"
urlpatterns: list[URLPattern] = []
