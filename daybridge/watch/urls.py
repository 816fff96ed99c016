"""Addresses of the room."""

from django.urls import path

from daybridge.watch import views

app_name = "watch"
urlpatterns = [path("", views.today, name="today")]
