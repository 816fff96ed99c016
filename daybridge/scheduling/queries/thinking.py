"""The page of a question: what may be asked, how far the answer is, and what came of it in words."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.jobs import queries as jobs
from daybridge.kit.periods import week_period
from daybridge.people import reach
from daybridge.people.models import Staff
from daybridge.program.models import Topic, Track
from daybridge.scheduling import thinking
from daybridge.scheduling.models import Session
from daybridge.scheduling.queries.thinking_page import Asking, Outcome
from daybridge.scheduling.rules import local
from daybridge.scheduling.shortfalls import when
from daybridge.scheduling.thinking import sentences
from daybridge.scheduling.thinking.answers import Question


def asking(*, site_id: UUID, by: Any) -> Asking:
    """What may be asked about a site within reach. Raises Site.DoesNotExist."""
    sites = {one.id: one.name for one in Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE))}
    if site_id not in sites:
        raise Site.DoesNotExist
    tracks = Track.objects.filter(site=site_id, is_active=True).order_by("name")
    staff = Staff.objects.filter(site=site_id, user__is_active=True).exclude(credential="").select_related("user")
    return Asking(
        site_id, tuple(sites.items()), tuple((str(one.id), one.name) for one in tracks),
        tuple(sorted(((str(one.id), one.name) for one in staff), key=lambda row: row[1])),
    )  # fmt: skip


def outcome(*, job_id: UUID, by: Any) -> Outcome:
    """A question's job and answer, for whoever asked. Raises ObjectDoesNotExist for everybody else."""
    job, answer = jobs.progress(job_id=job_id, by=by), thinking.kept(job_id)
    if answer is None:
        return Outcome(job)
    question, found = answer.question, answer.found
    site = Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE)).get(pk=question.site_id)
    names = _names(site, question.first)
    shift = site.first_weekday
    verdict, figures = sentences.compared(found)
    return Outcome(
        job, question, sentences.title(question, names), verdict, figures,
        tuple(sentences.idea(one, names, shift) for one in found.get("ideas", ())),
        tuple(sentences.reasons(found["why"], names, shift)) if "why" in found else (),
        _client(question, by) if question.kind == "why" else None,
    )  # fmt: skip


def _client(question: Question, by: Any) -> tuple[UUID, str]:
    mine = reach.clients_within(by, Permission.WEEK_SEE, "client", site="site")
    episode = Episode.objects.visible_to(by).filter(mine).select_related("client").get(pk=question.about)
    return episode.id, episode.client.name


def _names(site: Site, first: date) -> dict[str, str]:
    """What ids are called: sessions of the week, topics, tracks, staff."""
    week = week_period(first, ZoneInfo(site.timezone))
    rows = Session.objects.standing().filter(site=site, starts_at__gte=week.start, starts_at__lt=week.end)
    names = {str(one.id): f"{one.title} {_when(one, site)}" for one in rows}
    names |= {str(one): name for one, name in Topic.objects.values_list("id", "name")}
    names |= {str(one): name for one, name in Track.objects.filter(site=site).values_list("id", "name")}
    return names | {str(one.id): one.name for one in Staff.objects.filter(site=site).select_related("user")}


def _when(session: Session, site: Site) -> str:
    return when(local(session.starts_at, session.ends_at, ZoneInfo(site.timezone)))
