"""Addresses of the room."""

from django.urls import path

from daybridge.attendance import views

app_name = "attendance"
urlpatterns = [
    path("hours/", views.hours, name="hours"),
    path("figure/<str:figure_hash>/", views.figure, name="figure"),
    path("<uuid:session_id>/", views.roll, name="roll"),
    path("<uuid:session_id>/clock/", views.clock, name="clock"),
    path("<uuid:session_id>/open/", views.start, name="open"),
    path("<uuid:session_id>/all-here/", views.all_here, name="all_here"),
    path("<uuid:session_id>/take-back/", views.take_back, name="take_back"),
    path("<uuid:session_id>/close/", views.close, name="close"),
    path("<uuid:session_id>/mark/<uuid:line_id>/", views.mark, name="mark"),
]
