"""Calls, the phone screen, moves, and "same person?"."""

from datetime import timedelta
from uuid import uuid4

import pytest

from daybridge.access.rules import Role
from daybridge.admissions.actions import join, work
from daybridge.admissions.models import ContactAttempt, PossibleMatch, Referral
from daybridge.admissions.rules import ReferralState
from daybridge.admissions.rules.work import Call, CallResult, Screening, Step
from daybridge.admissions.tests import factories
from daybridge.audit.models import Entry
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused, Stale
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
S = ReferralState


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


def call(referral, by, now, result=CallResult.REACHED, **more):
    return work.contact(referral_id=referral.id, call=Call(result=result, **more), by=by, at=now)


def move(referral, to, by, now, **more):
    return work.move(referral_id=referral.id, to=Step(to=to, **more), by=by, at=now)


def test_reaching_the_person_moves_the_referral_and_makes_the_caller_its_owner(site, by, now):
    member = people.staff(site, user=by)
    referral = call(factories.referral(site), by, now, next_on=now + timedelta(days=1))
    assert (referral.state, referral.owner, referral.next_on) == ("contacted", member, now + timedelta(days=1))
    assert referral.events.last().now == "contacted"


@pytest.mark.parametrize("result", [CallResult.LEFT_MESSAGE, CallResult.NO_ANSWER])
def test_a_call_nobody_took_leaves_the_referral_where_it_is(site, by, now, result):
    referral = call(factories.referral(site), by, now, result)
    assert referral.state == "received"
    assert referral.contacts.get().result == result


def test_reaching_the_person_opens_an_ended_referral_again(site, by, now):
    referral = factories.referral(site, state="unreachable")
    assert call(referral, by, now).state == "contacted"


def test_a_call_posted_twice_counts_once_and_needs_no_newer_version(site, by, now):
    referral, token = factories.referral(site), uuid4()
    call(referral, by, now, CallResult.NO_ANSWER, token=token, version=1)
    call(referral, by, now, CallResult.NO_ANSWER, token=token, version=1)
    assert ContactAttempt.objects.count() == 1


def test_two_people_on_one_referral_the_second_is_told(site, by, now):
    referral = factories.referral(site)
    call(referral, by, now, CallResult.NO_ANSWER, version=1)
    with pytest.raises(Stale):
        call(referral, by, now, CallResult.LEFT_MESSAGE, version=1)
    assert ContactAttempt.objects.count() == 1


def test_the_screen_moves_on_from_received_through_contacted(site, by, now):
    answers = Screening(concern="Wants to stop drinking", insurance="medicaid", needs=("work",), may_contact=True)
    referral = work.screen(referral_id=factories.referral(site).id, answers=answers, by=by, at=now)
    assert referral.state == "screened"
    assert referral.screen.answers["needs"] == ["work"]
    assert referral.concern == "Wants to stop drinking"
    assert sorted(referral.events.values_list("now", flat=True)) == ["contacted", "received", "screened"]


def test_danger_stays_marked_until_somebody_says_what_was_done(site, by, now):
    referral = factories.referral(site)
    answers = Screening(concern="x", danger=True)
    assert work.screen(referral_id=referral.id, answers=answers, by=by, at=now).danger_at == now
    with pytest.raises(Refused):
        work.settle_danger(referral_id=referral.id, how=" ", by=by, at=now)
    settled = work.settle_danger(referral_id=referral.id, how="988 is with them", by=by, at=now)
    assert settled.danger_at is None
    with pytest.raises(Refused):
        work.settle_danger(referral_id=referral.id, how="again", by=by, at=now)


def test_a_screen_is_corrected_before_the_assessment_and_not_after(site, by, now):
    referral = factories.referral(site)
    for words in ("first", "second", "second"):
        work.screen(referral_id=referral.id, answers=Screening(concern=words), by=by, at=now)
    referral.refresh_from_db()
    assert referral.screen.answers["concern"] == "second"
    assert Entry.objects.filter(verb="referral.screen").count() == 2
    Referral.objects.update(state="assessed")
    with pytest.raises(Refused):
        work.screen(referral_id=referral.id, answers=Screening(concern="third"), by=by, at=now)


def test_a_move_and_its_undo(site, by, now):
    referral = factories.referral(site)
    assert move(referral, S.CONTACTED, by, now).state == "contacted"
    assert move(referral, S.RECEIVED, by, now).state == "received"
    assert Entry.objects.filter(verb="referral.move").count() == 2


@pytest.mark.parametrize(
    ("state", "to", "error"),
    [
        ("received", S.ASSESSED, Refused),
        ("contacted", S.SCREENED, Refused),
        ("screened", S.ASSESSED, Refused),
        ("assessed", S.DECIDED, Refused),
        ("decided", S.WAITLISTED, Refused),
        ("decided", S.ADMITTED, Refused),
        ("received", S.DECLINED, Refused),
        ("admitted", S.RECEIVED, IllegalMove),
        ("unreachable", S.RECEIVED, IllegalMove),
    ],
)
def test_a_step_without_its_evidence_is_refused(site, by, now, state, to, error):
    referral = factories.referral(site, state=state)
    with pytest.raises(error):
        move(referral, to, by, now)
    referral.refresh_from_db()
    assert referral.state == state


def test_ending_a_referral_says_why(site, by, now):
    referral = move(factories.referral(site), S.DECLINED, by, now, reason="Chose another program")
    assert referral.events.get(now="declined").reason == "Chose another program"


def test_moves_are_for_admissions_and_within_reach(site, other_site, users, now):
    with pytest.raises(NotAllowed):
        move(factories.referral(site), S.CONTACTED, users[Role.NURSE], now)
    with pytest.raises(Referral.DoesNotExist):
        move(factories.referral(other_site), S.CONTACTED, users[Role.INTAKE], now)


@pytest.fixture
def match(site):
    """A new referral whose client may be an older one."""
    older = people.client(site, created_at=factories.CALLED - timedelta(days=400))
    newer = people.client(site, created_at=factories.CALLED)
    referral = factories.referral(site, client=newer)
    return PossibleMatch.objects.create(
        referral=referral, client=older, facts={"by": "identifier", "agree": ["identifier"], "differ": []}
    )


def test_same_person_points_the_referral_at_the_older_record(match, by, now):
    newer = match.referral.client
    join.decide(match_id=match.id, answer="same", by=by, at=now)
    match.referral.refresh_from_db()
    newer.refresh_from_db()
    assert match.referral.client == match.client
    assert newer.merged_into == match.client
    assert PossibleMatch.objects.get().state == "joined"


def test_a_join_is_taken_back_whole(match, by, now):
    newer = match.referral.client
    join.decide(match_id=match.id, answer="same", by=by, at=now)
    join.decide(match_id=match.id, answer="open", by=by, at=now)
    assert Referral.objects.get().client == newer
    assert Client.objects.standing().count() == 2
    assert PossibleMatch.objects.get().facts == {"by": "identifier", "agree": ["identifier"], "differ": []}


def test_two_people_stay_two(match, by, now):
    join.decide(match_id=match.id, answer="apart", by=by, at=now)
    assert PossibleMatch.objects.get().state == "apart"
    assert Client.objects.standing().count() == 2


def test_the_record_with_care_on_it_is_kept_and_two_of_them_are_not_joined(match, by, now):
    from daybridge.episodes.tests.factories import episode

    newer = match.referral.client
    episode(newer)
    join.decide(match_id=match.id, answer="same", by=by, at=now)
    match.client.refresh_from_db()
    assert match.client.merged_into == newer
    join.decide(match_id=match.id, answer="open", by=by, at=now)
    episode(match.client)
    with pytest.raises(Refused):
        join.decide(match_id=match.id, answer="same", by=by, at=now)
    assert Client.objects.standing().count() == 2


def test_a_counselor_does_not_join_records(match, users, now):
    with pytest.raises(NotAllowed):
        join.decide(match_id=match.id, answer="same", by=users[Role.COUNSELOR], at=now)
