"""Who may know what: see it, stop it, share anew."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import public
from daybridge.consent import actions as consents
from daybridge.consent import queries as standing
from daybridge.consent.forms import TermsForm
from daybridge.consent.rules.words import FormKind
from daybridge.kit.errors import BadInput, DaybridgeError
from daybridge.portal.door import closed, guest, page
from daybridge.portal.views.client import WHY
from daybridge.ui import toasts

OFFERED = (FormKind.FAMILY, FormKind.NAMED)


@public(WHY)
@require_GET
@guest("client")
def sharing(request: HttpRequest) -> HttpResponse:
    """In sentences: who may know what, until when."""
    return _sharing(request)


def _sharing(request: HttpRequest, problem: str = "") -> HttpResponse:
    visitor = request.visitor
    found = standing.shared(
        client_id=visitor.client_id, language=visitor.language, at=timezone.now(), by=visitor.by
    )  # fmt: skip
    return page(request, "portal/sharing.html", {"shared": found, "problem": problem}, 409 if problem else 200)


@public(WHY)
@require_POST
@guest("client")
def stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One tap; at once and from now on."""
    try:
        consents.revoke(consent_id=consent_id, reason="", how="tapped", by=request.visitor.by, at=timezone.now())
    except ObjectDoesNotExist:
        return closed(request)
    except DaybridgeError as error:
        return _sharing(request, _(str(error)))
    toasts.say(request, _("Stopped. Nothing more is shared from now on."))
    return redirect("portal:sharing")


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def share(request: HttpRequest, form: str) -> HttpResponse:
    """Say who may know what; nothing is ticked beforehand, nothing is shared before the signature."""
    visitor, problem = request.visitor, ""
    if form not in OFFERED:
        return closed(request)
    typed = TermsForm(form, request.POST if request.method == "POST" else None, language=visitor.language)
    if request.method == "POST" and typed.is_valid():
        try:
            draft = consents.prepare(
                client_id=visitor.client_id, form=form, language=visitor.language, chosen=typed.terms(),
                by=visitor.by, at=timezone.now(),
            )  # fmt: skip
            return redirect("portal:see", draft.id)
        except BadInput as error:
            typed.take(error.problems)
        except DaybridgeError as error:
            problem = _(str(error))
    found = standing.choice(client_id=visitor.client_id, form=form, language=visitor.language, by=visitor.by)
    context = {"form": typed, "problem": problem, "choice": found}
    return page(request, "portal/share.html", context, 409 if problem else 422 if typed.errors else 200)
