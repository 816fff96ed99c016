"""Addresses of the room."""

from django.urls import path

from daybridge.chart import views

app_name = "chart"
urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/<uuid:client_id>/", views.chart, name="chart"),
    path("find/", views.find, name="find"),
]
