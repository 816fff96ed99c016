"""Admission: the referral's last step opens the episode."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.admissions.actions import steps
from daybridge.admissions.actions.assess import assessments
from daybridge.admissions.rules import ReferralState, entry
from daybridge.audit import ledger
from daybridge.consent import queries as consent
from daybridge.episodes import actions as episodes
from daybridge.episodes.models import Episode
from daybridge.people import actions as people
from daybridge.people.rules import PRIMARY
from daybridge.program import actions as program


@transaction.atomic
def admit(*, referral_id: UUID, track_id: UUID, counselor_id: UUID, start_on: date, by, at: datetime) -> Episode:
    """Open the episode from the local day `start_on`, enroll it in a track and give it a primary counselor.

    All or nothing. Raises DoesNotExist for a referral, track or counselor out of reach, NotAllowed, or Refused:
    no decision for a level offered here, a consent missing, no seat left, a first day that makes no sense.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.ADMIT, referral)
    newest = assessments(referral).first()
    level = newest.decided_level if newest else ""
    entry.check_level(ReferralState(referral.state), level)
    held = consent.in_force(client_ids=[referral.client_id], at=at, by=by)
    entry.check_consents(held.get(referral.client_id, frozenset()))
    entry.check_start(start_on, at.astimezone(ZoneInfo(referral.site.timezone)).date())
    episode = episodes.open_episode(client_id=referral.client_id, level=level, on=start_on, by=by, at=at)
    program.enroll(episode_id=episode.id, track_id=track_id, since=start_on, by=by, at=at)
    people.assign(client_id=referral.client_id, staff_id=counselor_id, role=PRIMARY, by=by, at=at)
    steps.step(referral=referral, to=ReferralState.ADMITTED, by=by, at=at)
    ledger.record("referral.admit", referral, by=by, at=at, episode=episode.id, track=track_id)
    return episode
