"""Asked once, done once: rollbacks, repeats, stumbles, lost workers."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from daybridge.access.gates import COMMAND_LINE
from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.jobs import actions, handlers, queries, runners, schedules
from daybridge.jobs.actions import guarding, running
from daybridge.jobs.models import Job, Worker
from daybridge.jobs.rules import JobState
from daybridge.jobs.tests import factories
from daybridge.jobs.tests.works import TASKS
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def works(settings):
    settings.JOB_TASKS = {**settings.JOB_TASKS, **TASKS}


@pytest.fixture
def ask(now):
    def one(task="test.effect", key="one", arguments=()):
        return actions.ask(task=task, key=key, arguments=list(arguments), by=COMMAND_LINE, at=now)

    return one


def due(job):
    """As if its wait were over."""
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def again(job):
    job.refresh_from_db()
    return job


def test_asking_lays_one_row_into_the_queue_and_one_into_the_ledger(ask):
    job = ask(arguments=[1, 2])
    assert (job.state, job.arguments, job.asked_by) == ("queued", ["1", "2"], "system:command-line")
    assert OrmQ.objects.count() == 1
    assert Entry.objects.get().verb == "job.asked"


def test_the_same_key_is_the_same_job(ask):
    assert ask() == ask()
    assert (Job.objects.count(), OrmQ.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_what_is_rolled_back_leaves_no_job(ask):
    class Interrupted(Exception):
        pass

    def act():
        with transaction.atomic():
            ask()
            raise Interrupted

    with pytest.raises(Interrupted):
        act()
    assert (Job.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_unknown_work_is_refused(ask):
    with pytest.raises(Refused, match="no work called"):
        ask(task="nothing")


def test_a_job_delivered_twice_is_done_once(ask):
    job = ask()
    running.run(str(job.id))
    running.run(str(job.id))
    assert Session.objects.count() == 1
    assert (again(job).state, job.attempts) == ("done", 1)


def test_a_delivery_of_a_job_that_was_never_committed_does_nothing():
    running.run("0192a7b0-0000-7000-8000-000000000000")
    assert not Session.objects.exists()


def test_a_stumble_takes_the_effect_back_counts_and_waits(ask):
    job = ask("test.trouble")
    with pytest.raises(running.Again) as told:
        running.run(str(job.id))
    assert "Rosa" not in str(told.value) + repr(told.value.__cause__)
    assert told.value.__suppress_context__
    assert not Session.objects.exists()
    assert (again(job).state, job.attempts) == ("queued", 1)
    assert job.due_at > timezone.now()
    with pytest.raises(running.Again, match="waits"):
        running.run(str(job.id))
    assert again(job).attempts == 1


def test_a_job_stops_after_its_attempts_without_the_errors_own_words(ask):
    job = ask("test.trouble")
    for _attempt in range(2):
        with pytest.raises(running.Again):
            running.run(str(job.id))
        due(job)
    running.run(str(job.id))
    assert (again(job).state, job.attempts) == ("failed", 3)
    assert "ValueError" in job.problem
    assert "Rosa" not in job.problem
    assert Entry.objects.filter(verb="job.stopped").exists()


def test_a_job_that_ends_its_worker_each_time_stops_too(ask):
    job = ask("test.deadly")
    for _attempt in range(2):
        assert running._begin(str(job.id)) is not None  # and then the worker is gone
        due(job)
    running.run(str(job.id))
    assert again(job).state == "failed"
    assert "interrupted 2 times" in job.problem


def test_nobody_begins_a_job_that_another_worker_holds(ask):
    job = ask()
    running._begin(str(job.id))
    with pytest.raises(running.Again):
        running.run(str(job.id))
    assert not Session.objects.exists()


def test_a_worker_that_was_overtaken_leaves_no_effect(ask):
    job = ask()
    mine = running._begin(str(job.id))
    due(job)
    running.run(str(job.id))
    with pytest.raises(running.Again, match="taken the job over"):
        running._work(mine)
    assert Session.objects.count() == 1


def test_work_that_left_the_list_stops_the_job(ask, settings):
    job = ask()
    settings.JOB_TASKS = {}
    running.run(str(job.id))
    assert (again(job).state, "no work called" in job.problem) == ("failed", True)


def test_progress_is_shown_while_it_goes_on(ask, users):
    job = ask("test.steps")
    running.run(str(job.id))
    row = queries.progress(job_id=job.id, by=users[Role.ADMINISTRATOR])
    assert (row.done, row.of, row.is_finished) == (2, 5, True)


def test_only_stopped_work_is_started_again_and_only_by_an_administrator(now, users):
    job = factories.job(now, state=JobState.FAILED, attempts=5, problem="It stopped.")
    with pytest.raises(NotAllowed):
        actions.restart(job_id=job.id, by=users[Role.COUNSELOR], at=now)
    actions.restart(job_id=job.id, by=users[Role.ADMINISTRATOR], at=now)
    assert (again(job).state, job.attempts, job.problem, OrmQ.objects.count()) == ("queued", 0, "", 1)
    for state in (JobState.QUEUED, JobState.RUNNING, JobState.DONE):
        other = factories.job(now, state=state)
        with pytest.raises(IllegalMove):
            actions.restart(job_id=other.id, by=users[Role.ADMINISTRATOR], at=now)


def test_the_row_is_held_for_the_jobs_own_lease_and_comes_back_when_it_is_due(ask):
    job, row = ask(), OrmQ.objects.get()
    task = {"func": "daybridge.jobs.actions.running.run", "args": (str(job.id),), "ack_id": row.pk}
    handlers.hold(task=task, func=None, sender="django_q")
    row.refresh_from_db()
    assert 45 < (row.lock - timezone.now()).total_seconds() <= 50
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() + timedelta(seconds=8))
    handlers.come_back(task={**task, "success": False})
    row.refresh_from_db()
    assert 6 < (row.lock - timezone.now()).total_seconds() <= 8
    handlers.hold(task={"func": schedules.NIGHTLY, "args": ("backup",), "ack_id": row.pk})


def test_a_dead_clusters_jobs_are_free_at_once_and_no_others(ask):
    mine, other = ask(key="mine"), ask(key="other")
    for job in (mine, other):
        running._begin(str(job.id))
    Job.objects.filter(pk=other.pk).update(runner="elsewhere:1")
    OrmQ.objects.update(lock=timezone.now() + timedelta(hours=1))
    now = timezone.now()
    guarding.beat(runner=runners.name(), at=now)
    assert guarding.release(runner=runners.name(), at=now) == 1
    assert again(mine).due_at <= now < again(other).due_at
    assert not OrmQ.objects.filter(lock__gt=now).exists()
    assert not Worker.objects.exists()


def test_what_the_queue_lost_is_laid_in_again(ask):
    job = ask()
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    assert guarding.sweep(at=timezone.now()) == 0
    OrmQ.objects.all().delete()
    assert guarding.sweep(at=timezone.now()) == 1
    assert OrmQ.objects.count() == 1


def test_a_cluster_is_stuck_when_work_waits_and_it_does_none(ask):
    runner, now = runners.name(), timezone.now()
    assert not guarding.is_stuck(runner=runner, at=now)
    job = ask()
    Job.objects.filter(pk=job.pk).update(due_at=now - timedelta(minutes=2))
    assert guarding.is_stuck(runner=runner, at=now)
    busy = ask(key="two")
    running._begin(str(busy.id))
    assert not guarding.is_stuck(runner=runner, at=now)


def test_a_cluster_of_this_machine_that_is_gone_is_told_from_one_that_lives():
    assert not runners.is_gone(runners.name())
    assert runners.is_gone(runners.name(2**22 - 3))
    assert not runners.is_gone("elsewhere:1")


def test_nightly_work_is_asked_for_once_a_day():
    schedules.nightly("backup")
    schedules.nightly("backup")
    assert Job.objects.get().task == "backup"


def test_schedules_are_kept_without_doubles():
    schedules.keep({"backup": "30 8 * * *", "gone": "1 1 * * *"})
    first = Schedule.objects.get(name="backup")
    assert (first.next_run.hour, first.next_run.minute) == (8, 30)
    schedules.keep({"backup": "30 8 * * *"})
    assert Schedule.objects.get() == first
    schedules.keep({"backup": "30 9 * * *"})
    assert Schedule.objects.get().next_run.hour == 9
