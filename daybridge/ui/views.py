"""Pages of the ui room: drafts for the browser and for their owner, and the gallery."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.kit.errors import DaybridgeError, Stale
from daybridge.ui import actions, gallery_rows, queries
from daybridge.ui.forms import DiscardForm, DraftForm


@never_cache
@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """GET: the tray. POST: keep one draft; 401 signed out, 409 with the other version, 422 cannot be kept."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    if request.method == "GET":
        return render(request, "ui/drafts.html", {"drafts": queries.drafts(by=request.user)})
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "unreadable"}, status=422)
    now, clean = timezone.now(), form.cleaned_data
    try:
        saved = actions.save_draft(by=request.user, key=clean["key"], data=form.typed, version=clean["version"], at=now)
    except Stale as error:
        return JsonResponse(
            {"error": str(error), **_spoken(queries.draft(by=request.user, key=clean["key"]))}, status=409
        )
    except DaybridgeError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"saved": _clock(now), "version": saved.version})


@never_cache
@require_GET
def draft(request: HttpRequest) -> HttpResponse:
    """One draft as JSON: version 0 and no fields when there is none."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    return JsonResponse(_spoken(queries.draft(by=request.user, key=request.GET.get("key", ""))))


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw one draft away, back to the tray."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    form = DiscardForm(request.POST)
    if form.is_valid():
        actions.discard_draft(by=request.user, key=form.cleaned_data["key"], at=timezone.now())
    return redirect("ui:drafts")


@never_cache
@require_GET
def pulse(request: HttpRequest) -> HttpResponse:
    """Somebody is still here: keeps the session open, or says that it is gone."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and every state on one page."""
    return render(request, "ui/gallery.html", gallery_rows.context(request.GET))


def _spoken(row: queries.DraftRow | None) -> dict[str, object]:
    if row is None:
        return {"version": 0, "fields": {}, "saved": ""}
    return {"version": row.version, "fields": row.fields, "saved": _clock(row.saved_at)}


def _clock(instant) -> str:
    return time_format(timezone.localtime(instant))
