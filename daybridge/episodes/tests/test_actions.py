"""Opening and moving a stay, and its trace."""

from datetime import UTC, date, datetime

import pytest

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.episodes import actions, queries
from daybridge.episodes.models import Episode
from daybridge.episodes.rules import EpisodeState
from daybridge.episodes.tests import factories
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused
from daybridge.people.models import Client
from daybridge.people.tests import factories as people


@pytest.fixture
def client(site):
    return people.client(site)


def open_one(client, by, now):
    return actions.open_episode(client_id=client.id, level="2.1", on=date(2026, 3, 2), by=by, at=now)


def test_opening_writes_episode_event_and_ledger(client, users, now):
    episode = open_one(client, users[Role.INTAKE], now)
    assert (episode.status, episode.site_id) == ("active", client.site_id)
    assert list(episode.events.values_list("was", "now")) == [("", "active")]
    assert Entry.objects.filter(verb="episode.open", client_id=client.id).count() == 1


def test_a_second_open_episode_is_refused(client, users, now):
    open_one(client, users[Role.INTAKE], now)
    with pytest.raises(Refused, match="already has an open episode"):
        open_one(client, users[Role.INTAKE], now)
    assert Episode.objects.count() == 1


def test_only_those_who_may_admit_open_or_move(client, users, now):
    with pytest.raises(NotAllowed):
        open_one(client, users[Role.COUNSELOR], now)
    episode = factories.episode(client)
    with pytest.raises(NotAllowed):
        actions.move(episode_id=episode.id, to=EpisodeState.ON_LEAVE, reason="", by=users[Role.FRONT_DESK], at=now)


def test_another_sites_episode_does_not_exist(client, other_site, now):
    from daybridge.access.tests import factories as access

    stranger = access.user(Role.DIRECTOR, other_site)
    episode = factories.episode(client)
    with pytest.raises(Episode.DoesNotExist):
        actions.move(episode_id=episode.id, to=EpisodeState.ON_LEAVE, reason="", by=stranger, at=now)
    with pytest.raises(Client.DoesNotExist):
        open_one(client, stranger, now)
    assert queries.of_client(client_id=client.id, by=stranger) == []


def test_a_discharge_ends_on_the_sites_local_day(client, users):
    episode = factories.episode(client)
    by, late = users[Role.DIRECTOR], datetime(2026, 3, 3, 3, 30, tzinfo=UTC)  # 22:30 of March 2 in New York
    actions.move(episode_id=episode.id, to=EpisodeState.DISCHARGED, reason="goals met", by=by, at=late)
    episode.refresh_from_db()
    assert (episode.status, episode.ended_on) == ("discharged", date(2026, 3, 2))
    with pytest.raises(IllegalMove):
        actions.move(episode_id=episode.id, to=EpisodeState.ACTIVE, reason="", by=by, at=late)


def test_rows_tell_the_open_stay_its_moves_and_history(client, users, now):
    by = users[Role.DIRECTOR]
    episode = open_one(client, by, now)
    stay = queries.open_of(client_id=client.id, by=by)
    assert (stay.id, stay.moves) == (episode.id, ("discharged", "on-leave"))
    actions.move(episode_id=episode.id, to=EpisodeState.ON_LEAVE, reason="surgery", by=by, at=now)
    assert [(step.was, step.now) for step in queries.history(episode_id=episode.id, by=by)] == [
        ("", "active"), ("active", "on-leave"),
    ]  # fmt: skip
    assert [row.status for row in queries.of_client(client_id=client.id, by=by)] == ["on-leave"]
