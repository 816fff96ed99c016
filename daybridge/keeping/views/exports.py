"""The export without names."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.keeping import actions, queries
from daybridge.keeping.forms import ExportForm
from daybridge.keeping.views.frame import tabs
from daybridge.kit.errors import DaybridgeError


@require_http_methods(["GET", "POST"])
@requires(Permission.EXPORT_DEIDENTIFIED)
def export(request: HttpRequest) -> HttpResponse:
    """What is in it and who took one before; then the file."""
    at = timezone.now()
    sites = queries.classes(by=request.user).sites
    if request.method == "GET":
        last = at.year - 1
        return _page(request, ExportForm(sites=sites, initial={"first_year": last, "last_year": last}))
    form = ExportForm(request.POST, sites=sites)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        taken, content = actions.export(
            site_id=UUID(form.cleaned_data["site"]), wanted=form.wanted, by=request.user, at=at
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _page(request, form, str(error), 409)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="without-names-{taken.sha256[:12]}.zip"'
    return answer


def _page(request: HttpRequest, form: ExportForm, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form, "rows": queries.exports(by=request.user), "problem": problem, "tabs": tabs(request),
        "files": queries.files(),
    }  # fmt: skip
    return render(request, "keeping/export.html", context, status=status)
