"""One track: whom it is for, its courses and groups, and its end; one weekly group, changed or ended."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.program import actions, queries
from daybridge.program.forms import ChangeGroupForm, CourseForm, EndForm, LessonForm, TrackForm
from daybridge.program.views import pages
from daybridge.program.views.overview import audience_of
from daybridge.program.words import WEEKDAYS
from daybridge.ui import toasts


@require_GET
@requires(Permission.PROGRAM_SEE)
def track(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """One track."""
    return _track(request, _page(request, track_id))


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def change_track(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Say anew what a track is, or close it."""
    page = _page(request, track_id)
    form = TrackForm(pages.sent(request, "save"), initial=TrackForm.of(page))
    if request.POST.get("act") == "close":
        why = pages.refusal(lambda now: actions.close_track(track_id=track_id, by=request.user, at=now))
        if not why:
            toasts.say(request, _("The track is closed. Its groups end today."))
            return redirect(pages.at("program:overview", page.site_id))
        return _change(request, page, form, why)

    def act(now: datetime) -> None:
        actions.change_track(track_id=track_id, track=form.track(page.phases), by=request.user, at=now)

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        toasts.say(request, _("The track is changed."))
        return redirect("program:track", track_id)
    return _change(request, page, form, "", status)


def _change(
    request: HttpRequest, page: queries.TrackPage, form: TrackForm, why: str, status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "why": why,
    }
    return render(request, "program/track_change.html", context, status=409 if why else status)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def add_course(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Set up a course in a track."""
    page, form = _page(request, track_id), CourseForm(request.POST)

    def act(now: datetime) -> None:
        clean = form.cleaned_data
        actions.found_course(track_id=track_id, name=clean["name"], mode=clean["mode"], by=request.user, at=now)

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        return redirect("program:track", track_id)
    return _track(request, page, form=form, status=status)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def add_lesson(request: HttpRequest, track_id: UUID, course_id: UUID) -> HttpResponse:
    """Put a topic at the end of a course."""
    page = _page(request, track_id)
    course = next((one for one in page.courses if one.id == course_id), None)
    if course is None:
        raise Http404
    form = LessonForm(request.POST, course=course)

    def act(now: datetime) -> None:
        chosen = [UUID(form.cleaned_data["topic"])]
        actions.add_lessons(course_id=course_id, topic_ids=chosen, by=request.user, at=now)

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        return redirect("program:track", track_id)
    return _track(request, page, why=_("Choose a topic of the list."), status=status)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def change_lesson(request: HttpRequest, track_id: UUID, lesson_id: UUID) -> HttpResponse:
    """Move a lesson up or down, or take it out."""
    page, to, by = _page(request, track_id), request.POST.get("to"), request.user
    places = {"up": -1, "down": 1}.get(to or "")

    def act(now: datetime) -> None:
        if places:
            actions.move_lesson(lesson_id=lesson_id, places=places, by=by, at=now)
        else:
            actions.drop_lesson(lesson_id=lesson_id, by=by, at=now)

    if not places and to != "out":
        raise Http404
    why = pages.refusal(act)
    return _track(request, page, why=why, status=409) if why else redirect("program:track", track_id)


def _page(request: HttpRequest, track_id: UUID) -> queries.TrackPage:
    try:
        today = pages.today_at(request.site.timezone)
        return queries.track(track_id=track_id, on=today, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None


def _track(
    request: HttpRequest, page: queries.TrackPage, *, form: CourseForm | None = None, why: str = "", status: int = 200
) -> HttpResponse:
    days = dict(WEEKDAYS)
    context = {
        "page": page, "why": why, "form": form or CourseForm(), "audience": audience_of(page.row),
        "courses": [(one, LessonForm(course=one) if one.to_add else None) for one in page.courses],
        "groups": [(days[one.weekday], one) for one in page.groups],
        "back": pages.at("program:overview", page.site_id),
    }  # fmt: skip
    return render(request, "program/track.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One weekly group: another lead, room, size or course, or the day from which it no longer meets."""
    try:
        row = queries.group(group_id=group_id, by=request.user)
        today = pages.today_at(request.site.timezone)
        page = queries.overview(site_id=row.site_id, on=today, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    courses = queries.courses_at(site_id=row.site_id).get(row.track_id, ())
    end = EndForm(None if "lead" in request.POST else pages.sent(request), initial={"until": today})
    change = ChangeGroupForm(
        pages.sent(request) if "lead" in request.POST else None, page=page, courses=courses,
        initial=ChangeGroupForm.of(row),
    )  # fmt: skip

    def act(now: datetime) -> None:
        if change.is_bound:
            actions.change_group(group_id=group_id, changed=change.changed(), by=request.user, at=now)
        else:
            actions.end_group(group_id=group_id, until=end.cleaned_data["until"], by=request.user, at=now)

    status = pages.tried(request, change if change.is_bound else end, act)
    if status == pages.DONE:
        changed, ended = (
            _("The group is changed from today."),
            _("The group ends. Sessions already laid are called off in the week."),
        )
        toasts.say(request, changed if change.is_bound else ended)
        return redirect(pages.at("program:overview", row.site_id))
    context = {
        "row": row, "day": dict(WEEKDAYS)[row.weekday], "form": end, "change": change,
        "lesson": queries.lessons(group_ids=[row.id], week=timezone.localdate()).get(row.id),
        "back": pages.at("program:overview", row.site_id),
    }  # fmt: skip
    return render(request, "program/group.html", context, status=status)
