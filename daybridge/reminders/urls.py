"""Addresses of the room; the calendar's says nothing."""

from django.urls import path

from daybridge.reminders import views

app_name = "reminders"
urlpatterns = [
    path("calendar/<str:token>.ics", views.feed, name="feed"),
    path("calendar/", views.mine, name="mine"),
    path("calendar/new/", views.give, name="give"),
    path("calendar/<uuid:feed_id>/end/", views.end, name="end"),
]
