"""Addresses of the room."""

from django.urls import path

from daybridge.plans import views

app_name = "plans"
urlpatterns = [
    path("<uuid:episode_id>/", views.plan, name="plan"),
    path("<uuid:episode_id>/write/", views.write, name="write"),
    path("<uuid:episode_id>/free/", views.free, name="free"),
    path("sign/<uuid:plan_id>/", views.sign, name="sign"),
]
