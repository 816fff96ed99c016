"""Addresses of a view that forgot to name its permission; for a test."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("unmarked/", lambda request: HttpResponse("open")),
    path("accounts/", include("allauth.urls")),
    path("keeping/", include("daybridge.keeping.urls")),
    path("", include("daybridge.access.urls")),
]
