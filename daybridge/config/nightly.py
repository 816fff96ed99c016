"""The work of the night: prove the chain, end what is past its day, lay and place the weeks, make a backup."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import timezone

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.access.models import Site
from daybridge.audit import actions as audit_actions
from daybridge.audit import checkpoints
from daybridge.audit import queries as audit
from daybridge.config.backup import making
from daybridge.consent import actions as consent
from daybridge.jobs import actions as jobs
from daybridge.jobs.models import Job
from daybridge.kit.errors import DaybridgeError, Refused
from daybridge.kit.periods import week_start
from daybridge.scheduling import actions as scheduling

WEEKS = 2  # this one and the next


def verify_chain(job: Job) -> None:
    """Stop, visibly, when the chain has a broken link; sign a checkpoint of a whole one."""
    proof, at = checkpoints.checked(audit.verify(on_progress=partial(_tell, job))), timezone.now()
    if proof.ok and proof.entries:
        checkpoints.keep(proof, at=at)
    audit_actions.proven(proof=proof, by=NIGHT_SHIFT, at=at)
    if proof.broken:
        raise Refused("The ledger's chain is broken at entry {seq}.", seq=proof.broken["seq"])


def _tell(job: Job, done: int, total: int) -> None:
    jobs.progress(job_id=job.id, done=done, total=total)


def lay_weeks(job: Job) -> None:
    """At every site lay this week and the next, and book whoever is in care and lacks hours. Again adds what lacks.

    One site's refusal holds up no other; the job stops, visibly, when all were tried.
    """
    at, sites, refused = timezone.now(), list(Site.objects.order_by("name")), 0
    for done, site in enumerate(sites, start=1):
        try:
            _lay(site, at)
        except DaybridgeError:
            refused += 1
        jobs.progress(job_id=job.id, done=done, total=len(sites))
    if refused:
        raise Refused("The weeks of {n} sites could not be laid.", n=refused)


def _lay(site: Site, at: datetime) -> None:
    this = week_start(at.astimezone(ZoneInfo(site.timezone)).date(), site.first_weekday)
    for number in range(WEEKS):
        week = {"site_id": site.id, "first": this + timedelta(weeks=number), "by": NIGHT_SHIFT, "at": at}
        scheduling.lay_week(**week)
        scheduling.place_all(**week)


def expire_consents(job: Job) -> None:
    """End the consents whose last day is over; nothing has left on them since, this makes the record say so."""
    consent.expire_due(by=NIGHT_SHIFT, at=timezone.now())


def make_backup(job: Job) -> None:
    """A new encrypted file in the home's backups; the newest fourteen are kept."""
    making.backup(to=making.default_file())
    making.thin_out(keep=14)
