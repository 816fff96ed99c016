"""Is my son there? One step, one answer, and nothing to learn from how it looks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.consent import actions
from daybridge.consent.models import Disclosure
from daybridge.consent.rules.desk import KINDS, Call
from daybridge.consent.tests import factories
from daybridge.kit.errors import NotAllowed
from daybridge.people.tests import factories as people

MOTHER = Call(name="Rosa Delgado", caller="Ana Vega", relation="mother")


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado", preferred_name="Rosie")


@pytest.fixture
def by(users):
    return users[Role.FRONT_DESK]


@pytest.fixture
def agreed(client, users, now):
    return factories.signed(client, "family", by=users[Role.INTAKE], at=now)


def ask(by, at, call=MOTHER, **other):
    return actions.answer(
        call=Call(**{**{name: getattr(call, name) for name in Call.__slots__}, **other}), by=by, at=at
    )


def test_a_caller_whom_the_client_named_may_be_told_and_it_is_written_down(client, agreed, by, now):
    answer = ask(by, now)
    assert answer.kinds == ("presence", "schedule", "attendance")
    row = Disclosure.objects.get()
    assert (row.client, row.recipient, row.what, row.relied_on) == (
        client,
        "Ana Vega",
        "on the phone",
        [str(agreed.id)],
    )
    assert Entry.objects.get(kind="disclosure").actor == by.actor


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Rosa Delgad"},
        {"name": "Nobody Known"},
        {"caller": "Ana Vegas"},
        {"caller": "Ray Ortiz"},
        {"relation": "sister"},
        {"birth_date": "1971-02-03"},
    ],
)
def test_anything_else_is_neither_and_leaves_one_neutral_line(client, agreed, by, now, other):
    assert not ask(by, now, **other).may_say
    assert not Disclosure.objects.exists()
    line = Entry.objects.get(verb="desk.answer")
    assert (line.client_id, line.data, line.object_id) == (None, {}, str(by.id))


@pytest.mark.parametrize("name", ["rosa delgado", "Rosie Delgado", "  Rosa   Delgado "])
def test_the_name_may_be_said_as_people_say_it(client, agreed, by, now, name):
    assert ask(by, now, name=name).may_say


def test_taken_back_or_past_its_day_is_neither(client, agreed, users, by, now):
    intake = users[Role.INTAKE]
    actions.revoke(consent_id=agreed.id, reason="", by=intake, at=now)
    assert not ask(by, now).may_say
    factories.signed(client, "family", by=intake, at=now, ends="day", expires_on=now.date())
    assert ask(by, now).until == now.date()
    assert not ask(by, now + timedelta(days=1)).may_say


def test_a_code_word_must_be_said_when_the_client_chose_one(client, users, by, now):
    factories.signed(client, "family", by=users[Role.INTAKE], at=now, code_word="blue heron")
    assert not ask(by, now).may_say
    assert not ask(by, now, code_word="gray heron").may_say
    assert ask(by, now, code_word="Blue heron ").may_say


def test_two_people_of_one_name_whom_the_caller_may_know_need_a_birth_date(client, site, agreed, users, by, now):
    twin = people.client(site, given_name="Rosa", family_name="Delgado", birth_date=now.date().replace(year=1990))
    assert ask(by, now).may_say
    factories.signed(twin, "family", by=users[Role.INTAKE], at=now)
    assert not ask(by, now).may_say
    assert ask(by, now, birth_date=twin.birth_date).may_say


def test_a_voice_that_says_it_is_a_doctor_or_an_insurer_learns_nothing(client, users, by, now):
    factories.both(client, by=users[Role.INTAKE], at=now)
    for relation in ("treating-provider", "payer", "operations-helper"):
        assert not ask(by, now, caller="Dr. Wu", relation=relation).may_say
    factories.signed(client, "named-recipient", by=users[Role.INTAKE], at=now)
    told = ask(by, now, caller="Dr. Omar Haddad", relation="treating-provider")
    assert set(told.kinds) == {"presence", "plan", "medication"}
    assert set(told.kinds) <= set(KINDS)


def test_a_client_of_another_site_is_nobody_here(other_site, users, by, now):
    other = people.client(other_site, given_name="Rosa", family_name="Delgado")
    assert not ask(by, now).may_say
    assert other.given_name == "Rosa"


def test_who_may_not_answer_the_desk_does_not(client, agreed, users, now):
    with pytest.raises(NotAllowed):
        ask(users[Role.ADMINISTRATOR], now)


# The page


CALL = {"name": "Rosa Delgado", "caller": "Ana Vega", "relation": "mother"}


@pytest.mark.parametrize(
    ("who", "status"), [("front-desk", 200), ("counselor", 200), ("biller", 200), ("administrator", 404)]
)
def test_who_may_open_the_desk(sign_in, who, status):
    assert sign_in(who).get(reverse("consent:desk")).status_code == status


def test_one_load_and_one_press_give_the_answer_without_a_script(sign_in, agreed):
    browser = sign_in("front-desk")
    assert browser.get("/desk/").status_code == 200
    page = browser.post("/desk/", CALL).content.decode()
    assert "You may say:" in page
    assert "Rosa Delgado is a client here." in page
    assert "Only to Ana Vega, and nothing else." in page


def test_with_a_script_the_answer_alone_comes_back(sign_in, agreed):
    piece = sign_in("front-desk").post("/desk/", CALL, headers={"HX-Request": "true"}).content.decode()
    assert "You may say:" in piece
    assert "<html" not in piece


def test_hidden_unknown_out_of_reach_and_without_consent_look_the_same(sign_in, client, site, other_site, users, now):
    """Four callers, one page: byte for byte but for the names that were typed."""
    hidden = people.client(site, given_name="Hidden", family_name="Person")
    factories.signed(hidden, "family", by=users[Role.INTAKE], at=now)
    people.hidden(hidden, users[Role.DIRECTOR])
    people.client(other_site, given_name="Other", family_name="Person")
    browser, pages = sign_in("front-desk"), set()
    for name in ("Rosa Delgado", "Hidden Person", "Other Person", "Nobody Known"):
        piece = browser.post("/desk/", CALL | {"name": name}, headers={"HX-Request": "true"})
        assert piece.status_code == 200
        pages.add(piece.content.decode().replace(name, "NAME"))
    assert len(pages) == 1
    assert "You may neither confirm nor deny." in pages.pop()


def test_a_call_without_names_says_what_is_missing(sign_in):
    answer = sign_in("front-desk").post("/desk/", {"name": "", "caller": ""})
    assert answer.status_code == 422
    assert "is needed." in answer.content.decode()
