"""A client's documents: the list, keeping one, opening one."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError, NotAllowed
from daybridge.people import documents as kept
from daybridge.people.forms import DocumentForm
from daybridge.ui import toasts

# Whatever a document holds, a browser runs nothing of it, guesses no other type, and keeps no copy.
HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@requires(Permission.DOCUMENT_SEE)
@never_cache
@require_GET
def documents(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What is kept of a client, newest first."""
    return _shown(request, client_id, DocumentForm(), 200)


@requires(Permission.DOCUMENT_KEEP)
@require_POST
def keep(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keep one more. A refusal comes back on the page; the file has to be chosen again."""
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, client_id, form, 422)
    try:
        kept.keep(client_id=client_id, **form.cleaned_data, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error("upload", str(error))
        return _shown(request, client_id, form, 409)
    toasts.say(request, _("The document is kept."))
    return redirect("people:documents", client_id)


@requires(Permission.DOCUMENT_SEE)
@never_cache
@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One document, as a file to keep; opening it is on the ledger."""
    try:
        found = kept.opened(document_id=document_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, NotAllowed):
        raise Http404 from None
    headers = HARMLESS | {"Content-Disposition": f'attachment; filename="{found.file_name}"'}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


def _shown(request: HttpRequest, client_id: UUID, form: DocumentForm, status: int) -> HttpResponse:
    try:
        shelf = kept.of_client(client_id=client_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, NotAllowed):
        raise Http404 from None
    context = {
        "shelf": shelf, "form": form, "may_keep": may(request.user, Permission.DOCUMENT_KEEP),
        "may_open_chart": may(request.user, Permission.CHART_READ),
    }  # fmt: skip
    return render(request, "people/documents.html", context, status=status)
