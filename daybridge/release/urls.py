"""Addresses of the room."""

from django.urls import path

from daybridge.release import views

app_name = "release"
urlpatterns = [
    path("<uuid:client_id>/", views.ways, name="ways"),
    path("<uuid:client_id>/agreed/<uuid:consent_id>/", views.agreed, name="agreed"),
    path("<uuid:client_id>/law/<slug:purpose>/", views.law, name="law"),
    path("<uuid:client_id>/given/<uuid:document_id>/", views.given, name="given"),
]
