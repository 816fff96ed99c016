"""Addresses of the room."""

from django.urls import path

from daybridge.notes import counseling_views, views

app_name = "notes"
urlpatterns = [
    path("", views.notes, name="list"),
    path("own/<uuid:client_id>/", counseling_views.counseling_notes, name="counseling"),
    path("<uuid:session_id>/", views.session, name="session"),
    path("<uuid:session_id>/sign/", views.sign, name="sign"),
    path("<uuid:session_id>/meter/", views.meter, name="meter"),
    path("<uuid:session_id>/add/", views.add, name="add"),
]
