"""Addresses of the room."""

from django.urls import path

from daybridge.frontdoor import views

app_name = "frontdoor"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("thanks/", views.thanks, name="thanks"),
]
