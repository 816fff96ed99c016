"""Addresses of the room."""

from django.urls import path

from daybridge.plans.views import life, plan

app_name = "plans"
urlpatterns = [
    path("<uuid:episode_id>/", plan.plan, name="plan"),
    path("<uuid:episode_id>/write/", plan.write, name="write"),
    path("<uuid:episode_id>/free/", plan.free, name="free"),
    path("sign/<uuid:plan_id>/", plan.sign, name="sign"),
    path("<uuid:episode_id>/life/", life.life, name="life"),
    path("<uuid:episode_id>/life/seen/", life.seen, name="life_seen"),
]
