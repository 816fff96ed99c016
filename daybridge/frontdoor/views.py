"""The public pages: ask for care, and thank you. They write and never read."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import public
from daybridge.frontdoor import actions, queries, throttle
from daybridge.frontdoor.forms import PublicForm
from daybridge.kit.errors import DaybridgeError

LANGUAGES = (("en", "English"), ("es", "Español"))


@public("anybody may ask for care, for themselves or for somebody else; nothing can be read here")
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; 422 with what is missing, 429 when one address sends too many."""
    plate = queries.doorplate()
    if not plate.sites:
        raise Http404
    with translation.override(_language(request)):
        return _ask(request, plate)


def _ask(request: HttpRequest, plate: queries.Doorplate) -> HttpResponse:
    if request.method == "GET":
        return _draw(request, plate, PublicForm(plate=plate))
    form = PublicForm(request.POST, plate=plate)
    if throttle.is_too_often(get_adapter().get_client_ip(request)):
        problem = _("Too many forms came from here this hour. Please call us instead.")
        return _draw(request, plate, form, problem, 429)
    if form.is_from_a_machine:
        return _thanked(request)
    if not form.is_valid():
        return _draw(request, plate, form, status=422)
    try:
        actions.leave(site_id=form.site_id, form=form.referral(), at=timezone.now())
    except (DaybridgeError, ObjectDoesNotExist) as error:
        form.add_error(None, str(error))
        return _draw(request, plate, form, status=409)
    return _thanked(request)


def _thanked(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('frontdoor:thanks')}?lang={_language(request)}")


@public("says thank you, whoever asked; reveals nothing")
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """The same words for everybody."""
    plate = queries.doorplate()
    with translation.override(_language(request)):
        context = {"plate": plate, "program_phone": plate.phone}
        return render(request, "frontdoor/thanks.html", context)


def _draw(
    request: HttpRequest, plate: queries.Doorplate, form: PublicForm, problem: str = "", status: int = 200
) -> HttpResponse:
    language = _language(request)
    others = [(code, name) for code, name in LANGUAGES if code != language]
    context = {
        "form": form, "plate": plate, "problem": problem, "others": others, "lang": language,
        "program_phone": plate.phone, "today_url": reverse("frontdoor:ask"),
    }  # fmt: skip
    return render(request, "frontdoor/ask.html", context, status=status)


def _language(request: HttpRequest) -> str:
    """The language asked for in the address, else the browser's, where we have it; English otherwise."""
    known = {code for code, _name in LANGUAGES}
    wanted = request.GET.get("lang") or (translation.get_language() or "en")[:2]
    return wanted if wanted in known else "en"
