"""What stands for one client, and ending it."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.consent import actions, queries
from daybridge.consent.forms import RevokeForm, SpeakerForm
from daybridge.consent.views import asking
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@require_GET
@requires(Permission.CONSENT_SEE)
def forms(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Who may know what about a client, with what can be done about each."""
    return _forms(request, client_id)


def _forms(request: HttpRequest, client_id: UUID, problem: str = "") -> HttpResponse:
    try:
        shared = queries.shared(
            client_id=client_id, language=get_language() or "en", at=timezone.now(), by=request.user
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    may_sign = may(request.user, Permission.CONSENT_SIGN)
    context = {"shared": shared, "problem": problem, "may_sign": may_sign, "revoke": RevokeForm()}
    return render(request, "consent/forms.html", context, status=409 if problem else 200)


@require_POST
@requires(Permission.CONSENT_SIGN)
def revoke(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """End a consent now."""
    typed = RevokeForm(request.POST)
    said = typed.cleaned_data if typed.is_valid() else {}
    try:
        actions.revoke(
            consent_id=consent_id, reason=said.get("reason", ""), how=said.get("how") or "spoken", by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _forms(request, client_id, _(str(error)))
    toasts.say(request, _("Taken back. Nothing more is shared on it from now on."))
    return redirect("consent:forms", client_id)


@require_POST
@requires(Permission.CONSENT_SIGN)
def happened(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """What a consent waited for came true: end it."""
    try:
        actions.happened(consent_id=consent_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _forms(request, client_id, _(str(error)))
    toasts.say(request, _("It has ended. Nothing more is shared on it from now on."))
    return redirect("consent:forms", client_id)


@require_POST
@requires(Permission.CONSENT_SIGN)
def decide(request: HttpRequest, client_id: UUID, kept_id: UUID, set_aside_id: UUID) -> HttpResponse:
    """Of two that say different things, this one counts."""
    try:
        actions.decide_between(kept_id=kept_id, set_aside_id=set_aside_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _forms(request, client_id, _(str(error)))
    toasts.say(request, _("Decided. The other page is set aside."))
    return redirect("consent:forms", client_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def speaker(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Name who speaks for a client by law."""
    typed, problem = SpeakerForm(request.POST or None, request.FILES or None), ""
    try:
        if request.method == "POST" and typed.is_valid():
            actions.name_speaker(client_id=client_id, speaker=typed.speaker(), by=request.user, at=timezone.now())
            toasts.say(request, _("Kept. From now on they sign where the law asks for it."))
            return redirect("consent:forms", client_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        problem = _(str(error))
    try:
        shared = queries.shared(client_id=client_id, language="en", at=timezone.now(), by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"shared": shared, "form": typed, "problem": problem}
    return render(request, "consent/speaker.html", context, status=asking.status(problem, typed))
