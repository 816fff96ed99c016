"""The second lock: a filter removed on purpose lets nobody out of reach through. Needs PostgreSQL."""

import json

import pytest
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from daybridge.access import rowlock
from daybridge.access.gates import Guest, public, requires
from daybridge.access.rowlock import policies
from daybridge.access.rules import Permission, Role
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.people.models import Client, Phone
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
needs_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")


def careless(request: HttpRequest) -> JsonResponse:
    """A view whose filter was forgotten."""
    return JsonResponse({
        "clients": sorted(str(one) for one in Client.objects.values_list("pk", flat=True)),
        "phones": Phone.objects.count(), "stays": Episode.objects.count(),
    })  # fmt: skip


urlpatterns = [
    path("careless/", requires(Permission.CHART_READ)(careless)),
    path("desk/", requires(Permission.DESK_ANSWER)(lambda request: careless(request))),
    path("open/", public("a test")(lambda request: careless(request))),
]


@pytest.fixture
def program(site, other_site, users):
    """One client of the counselor's, one of somebody else's, a newcomer, one of another site, a hidden one."""
    made = {
        name: people.client(other_site if name == "far" else site)
        for name in ("mine", "theirs", "new", "far", "secret")
    }
    for name, member in (("mine", users[Role.COUNSELOR]), ("theirs", None), ("secret", None)):
        people.on_team(made[name], people.staff(site, user=member))
    for client in made.values():
        people.phone(client)
        episodes.episode(client)
    people.hidden(made["secret"], users[Role.NURSE])
    return made


def met(sign_in, program, role, url="/careless/"):
    found = json.loads(sign_in(role).get(url).content)
    names = {str(client.pk): name for name, client in program.items()}
    assert found["phones"] == found["stays"] == len(found["clients"])
    return {names[one] for one in found["clients"]}


@needs_postgresql
@pytest.mark.urls("daybridge.access.tests.test_rowlock")
@pytest.mark.parametrize(("role", "expected"), [
    (Role.COUNSELOR, {"mine", "new"}), (Role.DIRECTOR, {"mine", "theirs", "new"}), (Role.PEER, set()),
    (Role.NURSE, {"mine", "theirs", "new", "secret"}),
])  # fmt: skip
def test_a_forgotten_filter_shows_whom_one_reaches_and_nobody_else(sign_in, program, role, expected):
    assert met(sign_in, program, role) == expected
    assert Client.objects.count() == 5  # the lock is open again after the request


@needs_postgresql
@pytest.mark.urls("daybridge.access.tests.test_rowlock")
def test_the_phone_desk_widens_the_lock_on_its_own_routes_only(sign_in, program):
    assert met(sign_in, program, Role.COUNSELOR, "/desk/") == {"mine", "theirs", "new"}


@needs_postgresql
@pytest.mark.urls("daybridge.access.tests.test_rowlock")
def test_somebody_signed_out_meets_nobody(client, program):
    assert json.loads(client.get("/open/").content) == {"clients": [], "phones": 0, "stays": 0}


@needs_postgresql
def test_the_programs_own_work_says_so_and_a_guest_meets_one_client(program):
    with rowlock.locked():
        rowlock.turn(rowlock.NOBODY)
        assert Client.objects.count() == 0
        with rowlock.as_system("a test"):
            assert Client.objects.count() == 5
        with rowlock.as_guest(Guest("client:x", program["far"].pk)):
            assert list(Client.objects.all()) == [program["far"]]
        assert Client.objects.update(given_name="Nobody") == 0
    assert Client.objects.count() == 5


@needs_postgresql
def test_every_table_of_a_clients_rows_has_its_policy(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = %s", [policies.NAME])
        guarded = {name for (name,) in cursor.fetchall()}
    assert guarded == {policies.CLIENT, *policies.paths()}


@needs_postgresql
def test_building_again_changes_nothing(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        policies.build()
    assert rowlock.is_on()


def test_rows_that_lead_to_a_client_are_known():
    paths = policies.paths()
    assert paths["scheduling_booking"] == ("episode_id", "episodes_episode")
    assert paths["people_phone"] == ("client_id", "people_client")
    assert "people_careteammember" not in paths
    assert "scheduling_session" not in paths
