"""The administrator's page, and one job's progress for whoever asked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role
from daybridge.jobs import actions
from daybridge.jobs.actions import guarding
from daybridge.jobs.rules import JobState
from daybridge.jobs.tests import factories
from daybridge.jobs.tests.works import TASKS

pytestmark = pytest.mark.django_db
PAGE = "/jobs/"


@pytest.fixture(autouse=True)
def works(settings):
    settings.JOB_TASKS = {**settings.JOB_TASKS, **TASKS}


@pytest.fixture
def jobs(now):
    return {state: factories.job(now, state=state, done=2, total=5, ended_at=now) for state in JobState}


def test_the_administrator_sees_all_work_and_whether_somebody_does_it(sign_in, jobs):
    page = sign_in(Role.ADMINISTRATOR).get(PAGE).content.decode()
    assert page.count("Leave a mark") == 4
    assert "No worker is running" in page
    assert 'hx-trigger="every 5s"' in page
    assert reverse("jobs:restart", args=[jobs[JobState.FAILED].id]) in page


def test_a_living_worker_ends_the_warning(sign_in, jobs):
    guarding.beat(runner="here:1", at=timezone.now())
    assert "No worker is running" not in sign_in(Role.ADMINISTRATOR).get(PAGE).content.decode()


def test_a_poll_gets_only_what_changes_and_does_not_keep_the_session_awake(sign_in, jobs):
    browser = sign_in(Role.ADMINISTRATOR)
    browser.get(PAGE)
    seen = browser.session["seen"]
    answer = browser.get(PAGE, headers={"HX-Request": "true", "X-Poll": "1"})
    assert "<html" not in answer.content.decode()
    assert browser.session["seen"] == seen
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_else_finds_the_page(sign_in, jobs, role):
    browser = sign_in(role)
    assert browser.get(PAGE).status_code == 404
    assert browser.post(reverse("jobs:restart", args=[jobs[JobState.FAILED].id])).status_code == 404


def test_stopped_work_is_started_again_once(sign_in, jobs):
    browser, url = sign_in(Role.ADMINISTRATOR), reverse("jobs:restart", args=[jobs[JobState.FAILED].id])
    assert browser.post(url).status_code == 302
    answer = browser.post(url)
    assert answer.status_code == 409
    assert "Only work that stopped" in answer.content.decode()
    assert browser.post(reverse("jobs:restart", args=["0192a7b0-0000-7000-8000-000000000000"])).status_code == 404


def test_progress_is_shown_to_whoever_asked_and_to_nobody_else(sign_in, users, now):
    owner = sign_in(Role.COUNSELOR)
    job = actions.ask(task="test.effect", key="mine", arguments=[], by=owner.user, at=now)
    url = reverse("jobs:progress", args=[job.id])
    assert 'hx-trigger="every 2s"' in owner.get(url).content.decode()
    assert sign_in(Role.BILLER).get(url).status_code == 404
    assert sign_in(Role.ADMINISTRATOR).get(url).status_code == 200
    job.state = JobState.DONE
    job.save()
    assert "hx-trigger" not in owner.get(url).content.decode()


@pytest.mark.parametrize("many", [1, 20])
def test_the_page_asks_the_database_equally_often_for_one_job_and_for_twenty(
    sign_in, now, many, django_assert_max_num_queries
):
    for number in range(many):
        for state in JobState:
            factories.job(now, state=state, key=f"{state}{number}", ended_at=now)
    browser = sign_in(Role.ADMINISTRATOR)
    browser.get(PAGE)
    with django_assert_max_num_queries(16):
        browser.get(PAGE)
