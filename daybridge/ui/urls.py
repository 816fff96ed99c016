"""Addresses of the ui room."""

from django.urls import path

from daybridge.ui import views

app_name = "ui"
urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/one/", views.draft, name="draft"),
    path("drafts/discard/", views.discard, name="discard"),
    path("drafts/pulse/", views.pulse, name="pulse"),
    path("gallery/", views.gallery, name="gallery"),
]
