"""In by a one-time link, out by one tap."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access import rowlock
from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.portal import actions, door, throttle
from daybridge.portal.forms import EnterForm
from daybridge.portal.rules import Phone

LANGUAGES = (("en", "English"), ("es", "Español"))


@public("whoever holds a one-time link opens their page; every link shows the same until it is used")
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at a link uses nothing up, so that a message's preview cannot; the button does."""
    with translation.override(_language(request)):
        answer = _enter(request, token)
    answer._has_been_logged = True  # the address holds the link, and a log of refusals is no place for one
    return answer


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    form = EnterForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _ask(request, form, 200)
    if throttle.is_too_often(get_adapter().get_client_ip(request)):
        return door.closed(request, 429)
    if not form.is_valid():
        return _ask(request, form, 422)
    return _open(request, token, Phone(form.cleaned_data["phone"]))


def _open(request: HttpRequest, token: str, phone: Phone) -> HttpResponse:
    device = request.headers.get("User-Agent", "")
    try:
        with rowlock.as_system("a one-time link says whose page it opens"):
            one = actions.enter(
                token=token, phone=phone, language=_language(request), device=device, at=timezone.now()
            )  # fmt: skip
    except DaybridgeError:
        throttle.count(get_adapter().get_client_ip(request))
        return door.closed(request)
    door.let_in(request, one)
    return redirect("portal:home")


def _ask(request: HttpRequest, form: EnterForm, status: int) -> HttpResponse:
    language = _language(request)
    others = [(code, name) for code, name in LANGUAGES if code != language]
    context = {"form": form, "others": others, "lang": language, "nav": [], "leave_url": door.LEAVE_FOR}
    return render(request, "portal/enter.html", context, status=status)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang") or (translation.get_language() or "en")[:2]
    return wanted if wanted in dict(LANGUAGES) else "en"


@public("the quick way out; on a phone that others use it also closes the page")
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Somewhere harmless, at once."""
    found = door.visitor_of(request)
    if found and found.on is Phone.SHARED:
        request.session.flush()
    return redirect(door.LEAVE_FOR)


@public("a visitor chooses the language of their own page")
@require_POST
@door.guest("client", "outsider")
def language(request: HttpRequest) -> HttpResponse:
    """The other language, from now on."""
    actions.speak(pass_id=request.visitor.pass_id, language=request.POST.get("to", ""))
    return redirect("portal:home")
