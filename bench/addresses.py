"""The program's addresses, and an empty view behind the same middleware: what every page pays before its own work."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.config.urls import urlpatterns as program


@requires(Permission.OWN_ACCOUNT)
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("bench/empty/", empty), *program]
