"""What the writers of plans promise."""

from datetime import date

import pytest

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused
from daybridge.people.tests import factories as people
from daybridge.plans import actions, queries
from daybridge.plans.models import Commitment, TreatmentPlan
from daybridge.plans.rules import Busy, GoalWords, PlanWords
from daybridge.plans.tests import factories

GOAL = GoalWords("I want to sleep again.", "", ("Write down bedtimes", "No screens after ten"))
JOB = Busy("job", 0, 540, 1020)
WORDS = PlanWords(540, {"group": 480, "individual": 60}, (GOAL,), commitments=(JOB,))


@pytest.fixture
def episode(site):
    return episodes.episode(people.client(site))


@pytest.fixture
def counselor(users):
    return users[Role.COUNSELOR]


def write(episode, by, now, words=WORDS):
    return actions.write(episode_id=episode.id, plan=words, by=by, at=now)


@pytest.mark.django_db
def test_a_plan_is_kept_as_a_draft_with_goals_mix_and_life(episode, counselor, now):
    plan = write(episode, counselor, now)
    assert (plan.status, plan.number, plan.review_on) == ("draft", 1, date(2026, 4, 1))
    assert [goal.short for goal in plan.goals.all()] == ["I want to sleep again."]
    assert plan.goals.get().objectives.count() == 2
    assert Commitment.objects.get().since == date(2026, 3, 2)
    line = Entry.objects.get(verb="plan.write")
    assert line.client_id == episode.client_id
    assert "sleep" not in str(line.data)


@pytest.mark.django_db
def test_writing_again_replaces_the_draft_and_not_the_signed_plan(episode, counselor, now):
    first = write(episode, counselor, now)
    assert write(episode, counselor, now).pk == first.pk
    actions.sign(plan_id=first.pk, by=counselor, at=now)
    second = write(episode, counselor, now)
    assert (second.number, second.status) == (2, "draft")
    first.refresh_from_db()
    assert first.status == "active"
    assert first.goals.count() == 1


@pytest.mark.django_db
def test_signing_takes_the_place_of_the_plan_before(episode, counselor, now):
    first = actions.sign(plan_id=write(episode, counselor, now).pk, by=counselor, at=now)
    second = actions.sign(plan_id=write(episode, counselor, now).pk, by=counselor, at=now)
    first.refresh_from_db()
    assert (first.status, second.status) == ("revised", "active")
    assert second.signed_by == counselor
    assert queries.prescription(episode_id=episode.id, by=counselor).plan_id == second.pk


@pytest.mark.django_db
def test_a_signed_plan_is_not_signed_again(episode, counselor, now):
    plan = factories.plan(episode, counselor)
    with pytest.raises(IllegalMove):
        actions.sign(plan_id=plan.pk, by=counselor, at=now)


@pytest.mark.django_db
def test_commitments_that_no_longer_hold_end_today(episode, counselor, now):
    write(episode, counselor, now)
    kept, new = Busy("school", 2, 600, 700), Busy("court", 3, 600, 660)
    write(episode, counselor, now, PlanWords(540, WORDS.mix, (GOAL,), commitments=(kept, new)))
    standing = queries.commitments(episode_ids=[episode.id], on=date(2026, 3, 2), by=counselor)[episode.id]
    assert set(standing) == {kept, new}


@pytest.mark.django_db
def test_a_plan_below_the_level_is_refused_with_the_reason(episode, counselor, now):
    with pytest.raises(Refused, match="at least 9 hours"):
        write(episode, counselor, now, PlanWords(300, {"group": 300}, (GOAL,)))
    assert not TreatmentPlan.objects.exists()


@pytest.mark.django_db
def test_an_adolescent_may_have_six_hours(site, counselor, now):
    young = episodes.episode(people.client(site, birth_date=date(2010, 3, 3)))
    assert write(young, counselor, now, PlanWords(360, {"group": 360}, (GOAL,))).weekly_minutes == 360


@pytest.mark.django_db
def test_only_clinicians_of_the_site_write_plans(episode, users, other_site, now):
    with pytest.raises(NotAllowed):
        write(episode, users[Role.INTAKE], now)
    stranger = people.staff(other_site).user
    with pytest.raises(Episode.DoesNotExist):
        write(episode, stranger, now)


@pytest.mark.django_db
def test_no_plan_is_written_for_a_stay_that_ended(site, counselor, now):
    ended = episodes.episode(people.client(site), status="discharged", ended_on=date(2026, 2, 1))
    with pytest.raises(Refused, match="ended"):
        write(ended, counselor, now)
