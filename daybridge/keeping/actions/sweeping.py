"""Working papers go by themselves when their time is over."""

from datetime import datetime, timedelta

from django.db import transaction

from daybridge.attendance.models import Figure
from daybridge.audit import ledger
from daybridge.jobs.models import Job
from daybridge.jobs.rules import FINISHED
from daybridge.keeping.actions.running import KEEPER
from daybridge.keeping.rules import RULES
from daybridge.ui.models import Draft


@transaction.atomic
def sweep(*, job: Job, at: datetime) -> dict[str, int]:
    """Remove drafts left alone, figures and ended jobs past their days; how many of each. One ledger line if any.

    Source: KEEP-8.
    """
    before = at - timedelta(days=RULES.number("KEEP-8"))
    papers = {
        "drafts": Draft.objects.filter(saved_at__lt=before),
        "figures": Figure.objects.filter(asked_at__lt=before),
        "jobs": Job.objects.filter(state__in=FINISHED, ended_at__lt=before),
    }
    gone = {name: found.delete()[0] for name, found in papers.items()}
    if any(gone.values()):
        ledger.record("papers.swept", job, by=KEEPER, at=at, **gone)
    return gone
