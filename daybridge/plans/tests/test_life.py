"""A client's week: kept as told, with its history, by staff and by the client; its page and what Today says."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from babel.messages.pofile import read_po
from django.urls import reverse

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission, Role
from daybridge.audit.models import Entry
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people.tests import factories as people
from daybridge.plans import actions, queries
from daybridge.plans.models import Commitment, Said, Travel
from daybridge.plans.rules import Busy, GoalWords, Life, PlanWords
from daybridge.plans.tests import factories

pytestmark = pytest.mark.django_db
THIS, NEXT = date(2026, 3, 2), date(2026, 3, 9)
JOB, LATE, FAITH = Busy("job", 0, 540, 1020), Busy("job", 0, 840, 1320), Busy("worship", 6, 540, 720)


@pytest.fixture
def stay(site):
    return episodes.episode(people.client(site))


@pytest.fixture
def counselor(users, stay):
    people.on_team(stay.client, people.staff(stay.site, user=users[Role.COUNSELOR]))
    return users[Role.COUNSELOR]


@pytest.fixture
def client(stay):
    return Guest(f"client:{stay.client_id}", stay.client_id, frozenset({Permission.LIFE_SAY}))


@pytest.fixture
def say(stay, counselor, now):
    def told(life, since=THIS, by=None):
        return actions.say_life(episode_id=stay.id, life=life, since=since, by=by or counselor, at=now)

    return told


def life_on(stay, day, by):
    return queries.life(episode_ids=[stay.id], on=day, by=by)[stay.id]


def test_a_new_week_begins_on_its_day_and_the_one_before_stays_in_the_history(say, stay, counselor):
    first, then = Life((JOB,), (FAITH,), 20, True), Life((LATE,), (FAITH,), 40, True)
    say(first)
    say(then, NEXT)
    assert life_on(stay, THIS, counselor) == first
    assert life_on(stay, NEXT - timedelta(days=1), counselor) == first
    assert life_on(stay, NEXT, counselor) == then
    assert Commitment.objects.filter(kind="worship").count() == 1
    say(first, NEXT)
    assert life_on(stay, NEXT + timedelta(days=70), counselor) == first
    assert Travel.objects.filter(until=None).count() == 1


def test_only_hard_times_stand_against_coming(say, stay, counselor):
    say(Life((JOB,), (FAITH,)))
    assert queries.commitments(episode_ids=[stay.id], on=THIS, by=counselor)[stay.id] == (JOB,)


def test_what_the_client_tells_waits_until_a_counselor_looks(say, stay, client, counselor, now):
    say(Life((LATE,)), NEXT, by=client)
    assert queries.told(episodes=[stay.id])[0][:2] == (stay.id, NEXT)
    assert actions.see_life(episode_id=stay.id, by=counselor, at=now) == 1
    assert actions.see_life(episode_id=stay.id, by=counselor, at=now) == 0
    assert queries.told(episodes=[stay.id]) == []
    line = Entry.objects.get(verb="life.say")
    assert (line.client_id, line.actor) == (stay.client_id, client.actor)
    assert "job" not in str(line.data)


def test_what_staff_tell_after_the_client_is_the_last_word(say, client, stay):
    say(Life((LATE,)), by=client)
    say(Life((JOB,)))
    assert not Said.objects.filter(seen_at=None).exists()


def test_one_more_time_leaves_the_rest_of_every_week_as_it_is(say, stay, counselor, now):
    say(Life((JOB,)))
    say(Life((LATE,)), NEXT)
    court = Busy("court", 2, 600, 660)
    for _ in range(2):
        actions.cannot_come(episode_id=stay.id, busy=(court,), since=THIS, by=counselor, at=now)
    assert life_on(stay, THIS, counselor).commitments == (JOB, court)
    assert life_on(stay, NEXT, counselor).commitments == (LATE, court)
    with pytest.raises(Refused):
        actions.cannot_come(episode_id=stay.id, busy=(court,), since=THIS - timedelta(days=1), by=counselor, at=now)


def test_a_plan_written_today_leaves_wishes_and_the_week_to_come_alone(say, stay, counselor, now):
    say(Life((JOB,), (FAITH,), 20))
    say(Life((LATE,), (FAITH,), 20), NEXT)
    court = Busy("court", 2, 600, 660)
    words = PlanWords(540, {"group": 540}, (GoalWords("Home."),), commitments=(JOB, court))
    actions.write(episode_id=stay.id, plan=words, by=counselor, at=now)
    assert life_on(stay, THIS, counselor) == Life((JOB, court), (FAITH,), 20)
    assert life_on(stay, NEXT, counselor) == Life((LATE,), (FAITH,), 20)


def test_who_may_tell_a_week(say, stay, site, users, other_site, now):
    stranger = Guest("client:x", people.client(site).id, frozenset({Permission.LIFE_SAY}))
    for by in (stranger, users[Role.BILLER], users[Role.PEER], people.staff(other_site).user):
        with pytest.raises((Episode.DoesNotExist, NotAllowed)):
            say(Life((JOB,)), by=by)
    stay.status, stay.ended_on = "discharged", THIS
    stay.save()
    with pytest.raises(Refused, match="ended"):
        say(Life((JOB,)), by=users[Role.DIRECTOR])


FORM = {
    "since": str(THIS),
    "travel": "30",
    "drawn": "yes",
    "painted": "job hard 0 540 780;job hard 0 780 1020;worship soft 6 540 720",
}
TYPED = {
    "since": str(THIS), "travel": "0", "telehealth": "on", "rows": "2", "away0-kind": "job", "away0-firm": "hard",
    "away0-days": ["0", "4"], "away0-start": "09:00", "away0-end": "17:00", "away1-kind": "worship",
    "away1-firm": "soft", "away1-days": ["6"], "away1-start": "21:00", "away1-end": "23:59",
}  # fmt: skip


@pytest.fixture
def browser(sign_in, counselor, time_now):
    return sign_in("counselor")


@pytest.fixture
def time_now(now):
    with time_machine.travel(now, tick=False):
        yield


def url(name, stay):
    return reverse(f"plans:{name}", args=[stay.id])


def test_a_painted_week_is_kept(browser, stay, counselor):
    assert browser.post(url("life", stay), FORM).url == url("life", stay)
    assert life_on(stay, THIS, counselor) == Life((JOB,), (FAITH,), 30)
    page = browser.get(url("life", stay)).content.decode()
    assert "job hard 0 540 1020;worship soft 6 540 720" in page
    assert "8 am to 8:30 am, 5:30 pm to 9 pm" in page


def test_a_typed_week_is_kept_without_script(browser, stay, counselor):
    browser.post(url("life", stay), TYPED)
    late = Busy("worship", 6, 21 * 60, 1440)
    assert life_on(stay, THIS, counselor) == Life((JOB, JOB._replace(weekday=4)), (late,), 0, True)
    more = browser.post(url("life", stay), TYPED | {"add": "row"}).content.decode()
    assert 'name="away2-kind"' in more


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [({"painted": "yoga hard 0 1 2"}, 422, "cannot be read"), ({"painted": "job hard 0 1"}, 422, "cannot be read"),
     ({"painted": "job hard 0 600 ²"}, 422, "cannot be read"), ({"painted": "job hard 9 600 660"}, 409, "same day"),
     ({"since": str(THIS + timedelta(days=1))}, 422, "valid choice"),
     ({"drawn": "", "rows": "1", "away0-kind": "job", "away0-start": "9:00"}, 422, "is needed")],
)  # fmt: skip
def test_a_week_that_makes_no_sense_is_said_and_not_kept(browser, stay, changed, status, words):
    answer = browser.post(url("life", stay), FORM | changed)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Said.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("intake", 200), ("biller", 404), ("peer", 404), ("other_site", 404)])
def test_who_opens_the_page(sign_in, stay, who, status):
    assert sign_in(who).get(url("life", stay)).status_code == status


def test_a_new_week_is_on_the_counselors_today_until_it_was_looked_at(browser, stay, client, say):
    say(Life((LATE,)), NEXT, by=client)
    place = f"{reverse('scheduling:place', args=[stay.id])}?first={NEXT}"
    page = browser.get(reverse("watch:today")).content.decode()
    assert "told a new week from Mar 9" in page
    assert place in page
    assert "The client told a new week" in browser.get(url("life", stay)).content.decode()
    browser.post(url("life_seen", stay))
    assert "told a new week" not in browser.get(reverse("watch:today")).content.decode()


def test_the_page_asks_as_much_for_many_tellings(browser, stay, django_assert_max_num_queries):
    browser.get(url("life", stay))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(30) as asked:
            browser.get(url("life", stay))
        counts.append(len(asked))
        for day in range(7):
            factories.commitment(stay, day, 540, 1020)
            factories.said(stay)
    assert counts[0] == counts[1]


def test_the_client_is_spoken_to_in_spanish_too():
    room = Path(__file__).resolve().parents[1]
    with open(room / "locale/es/LC_MESSAGES/django.po", encoding="utf-8") as file:
        known = {one.id for one in read_po(file, locale="es") if one.string}
    said = set(re.findall(r'{%\s*translate\s+"([^"]+)"', (room / "templates/plans/_paint.html").read_text("utf-8")))
    for node in ast.walk(ast.parse((room / "forms_life.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "_now", "BadInput"}:
            said.add(node.args[0].value)
    assert sorted(said - known) == []
