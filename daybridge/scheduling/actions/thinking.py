"""Ask what a change would do, or why hours are short: a job works it out, nothing is written to the record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.jobs import actions as jobs
from daybridge.kit.errors import BadInput
from daybridge.people import reach
from daybridge.scheduling.thinking.answers import KINDS, Question

TASK = "think-through"


@transaction.atomic
def think(*, question: Question, by: Any, at: datetime) -> UUID:
    """Have a question answered by a worker; the job's id. The same question again within a minute is the same job.

    Raises Site.DoesNotExist or Episode.DoesNotExist out of reach, NotAllowed, BadInput for a question nobody knows.
    """
    site = Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE)).get(pk=question.site_id)
    require(by, Permission.WEEK_PLACE, site)
    if question.kind not in KINDS:
        raise BadInput("Nobody knows this question.")
    if question.kind == "why":
        mine = reach.clients_within(by, Permission.WEEK_SEE, "client", site="site")
        Episode.objects.visible_to(by).filter(mine, site=site).get(pk=question.about)
    told = ":".join(str(one) for one in question.arguments())
    key = f"{TASK}:{by.actor}:{told}:{at:%Y-%m-%dT%H:%M}"
    return jobs.ask(task=TASK, key=key, arguments=question.arguments(), by=by, at=at).id
