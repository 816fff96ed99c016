"""What every answer says to the browser, and how large a request may be."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]

# Nothing of the machine is used but passkeys and the clipboard, and these by our own pages only.
OFF = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OWN = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in OFF), *(f"{name}=(self)" for name in OWN)])


def guarded(get_response: Answer) -> Answer:
    """No answer is kept by a browser or a proxy unless its view says so; none is read by another site."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def sized(get_response: Answer) -> Answer:
    """Refuse a request that is too large before it is read. A view without CSRF protection judges the size itself."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if getattr(view, "csrf_exempt", False) or (length.isdigit() and int(length) <= settings.LARGEST_REQUEST):
            return None
        return render(request, "413.html", status=413)

    answer.process_view = process_view
    return answer
