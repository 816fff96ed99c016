"""Addresses for the tests: the room itself, and a form that is taken in, refused or answered to htmx."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path


def take_in(request, how: str):
    if how == "sign-in":
        return redirect("/sign-in/?next=/x/")
    if how == "refuse":
        return HttpResponse("no", status=422)
    return HttpResponse("piece") if how == "show" else redirect("/")


urlpatterns = [
    path("", include("daybridge.ui.urls")),
    path("take/<str:how>/", take_in),
    path("sign-in/", take_in, name="account_login"),
]
