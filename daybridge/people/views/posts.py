"""What a colleague does and when: one page for each member of staff."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.people import actions, queries, rules
from daybridge.people.forms import PostForm, initial
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def post(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Title, credential, languages, caseload and working hours of one person."""
    try:
        page = queries.post(user_id=user_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    if request.method == "GET":
        return _shown(request, page, PostForm(initial=initial(page.post)), 200)
    form = PostForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form, 422)
    try:
        actions.employ(
            user_id=user_id, site_id=page.site_id, post=form.post(), by=request.user, at=timezone.now()
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _shown(request, page, form, 409)
    toasts.say(request, _("Kept: what %(name)s does, and when.") % {"name": page.name})
    return redirect(f"{reverse('program:overview')}?site={page.site_id}")


def _shown(request: HttpRequest, page: queries.PostPage, form: PostForm, status: int) -> HttpResponse:
    context = {"page": page, "form": form, "credentials": rules.CREDENTIALS}
    return render(request, "people/post.html", context, status=status)
