"""Invitations, accounts, roles, sessions and the demo's doors."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail

from daybridge.access import actions
from daybridge.access.gates import COMMAND_LINE, FRONT_DOOR
from daybridge.access.models import Invitation, Membership, Program, Site, User
from daybridge.access.rules import Role
from daybridge.access.tests import factories
from daybridge.audit.models import Entry
from daybridge.kit.errors import BadInput, IllegalMove, NotAllowed, Refused

GOOD = "three odd green lamps"


@pytest.fixture
def admin(users):
    return users[Role.ADMINISTRATOR]


@pytest.fixture
def invited(admin, site, now):
    """(invitation, token) of a nurse."""
    invitation, link = actions.invite(
        email="nora@example.org", name="Nora Lee", site_id=site.id, role=Role.NURSE, by=admin, at=now
    )
    return invitation, link.rstrip("/").rpartition("/")[2]


def last_verb():
    return Entry.objects.order_by("-seq").first().verb


# invitations ---------------------------------------------------------------------------------------------------


def test_an_invitation_sends_one_letter_with_the_link_and_keeps_only_its_fingerprint(
    admin, site, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation, link = actions.invite(
            email="nora@example.org", name="Nora Lee", site_id=site.id, role=Role.NURSE, by=admin, at=now
        )
    assert [letter.to for letter in mail.outbox] == [["nora@example.org"]]
    assert link in mail.outbox[0].body
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert token not in str(list(Entry.objects.values()))
    assert last_verb() == "account.invite"


def test_nobody_but_an_administrator_of_the_site_invites(users, site, other_site, now, admin):
    words = {"email": "x@example.org", "name": "X", "role": Role.NURSE, "at": now}
    with pytest.raises(Site.DoesNotExist):
        actions.invite(site_id=site.id, by=users[Role.DIRECTOR], **words)
    with pytest.raises(Site.DoesNotExist):
        actions.invite(site_id=other_site.id, by=admin, **words)
    with pytest.raises(Site.DoesNotExist):
        actions.invite(site_id=site.id, by=COMMAND_LINE, **words)
    assert not Invitation.objects.exists()


def test_an_address_is_invited_once_and_an_account_never(invited, admin, site, now):
    again = {"name": "N", "site_id": site.id, "role": Role.PEER, "by": admin}
    with pytest.raises(Refused, match="open invitation"):
        actions.invite(email="NORA@example.org", at=now, **again)
    with pytest.raises(Refused, match="already has an account"):
        actions.invite(email=admin.email.upper(), at=now, **again)
    actions.invite(email="nora@example.org", at=now + timedelta(days=8), **again)


def test_accepting_opens_the_account_once(invited, site, now):
    _, token = invited
    user = actions.accept(token=token, password=GOOD, name="Nora L.", at=now)
    assert (user.email, user.name, user.check_password(GOOD)) == ("nora@example.org", "Nora L.", True)
    assert user.places == ((Role.NURSE, site.id),)
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.verb, entry.actor) == ("account.accept", user.actor)
    with pytest.raises(Refused, match="no longer works"):
        actions.accept(token=token, password=GOOD, name="N", at=now)
    assert User.objects.filter(email="nora@example.org").count() == 1


def test_a_link_stops_after_seven_days(invited, now):
    with pytest.raises(Refused, match="no longer works"):
        actions.accept(token=invited[1], password=GOOD, name="N", at=now + timedelta(days=7))
    actions.accept(token=invited[1], password=GOOD, name="N", at=now + timedelta(days=7, seconds=-1))


def test_a_weak_password_is_told_and_opens_nothing(invited, now):
    with pytest.raises(BadInput) as caught:
        actions.accept(token=invited[1], password="short", name="N", at=now)
    assert "12" in str(caught.value)
    assert Invitation.objects.get(pk=invited[0].pk).accepted_at is None
    assert not User.objects.filter(email="nora@example.org").exists()


def test_a_withdrawn_link_opens_nothing(invited, admin, now):
    actions.withdraw(invitation_id=invited[0].id, by=admin, at=now)
    assert last_verb() == "account.invite_withdraw"
    with pytest.raises(Refused):
        actions.accept(token=invited[1], password=GOOD, name="N", at=now)
    with pytest.raises(IllegalMove):
        actions.renew(invitation_id=invited[0].id, by=admin, at=now)


def test_a_new_link_replaces_the_old_one(invited, admin, now):
    late = now + timedelta(days=30)
    _, link = actions.renew(invitation_id=invited[0].id, by=admin, at=late)
    with pytest.raises(Refused):
        actions.accept(token=invited[1], password=GOOD, name="N", at=late)
    actions.accept(token=link.rstrip("/").rpartition("/")[2], password=GOOD, name="N", at=late)


def test_an_invitation_of_another_site_is_out_of_reach(invited, other_site, now):
    stranger = factories.user(Role.ADMINISTRATOR, other_site)
    for act in (actions.withdraw, actions.renew):
        with pytest.raises(Invitation.DoesNotExist):
            act(invitation_id=invited[0].id, by=stranger, at=now)


# founding --------------------------------------------------------------------------------------------------------


def found(now, zone="America/New_York"):
    admin = actions.NewAdmin("ada@example.org", "Ada")
    return actions.found_program(name="New Harbor", timezone=zone, admin=admin, at=now)


@pytest.mark.django_db
def test_founding_gives_one_link_to_an_administrator_who_also_directs(now):
    token = found(now).rstrip("/").rpartition("/")[2]
    user = actions.accept(token=token, password=GOOD, name="Ada", at=now)
    site = Site.objects.get()
    assert (Program.objects.get().is_demo, site.name) == (False, "New Harbor")
    assert set(user.places) == {(Role.ADMINISTRATOR, site.id), (Role.DIRECTOR, site.id)}
    assert list(Entry.objects.order_by("seq").values_list("verb", flat=True)) == ["program.found", "account.accept"]


@pytest.mark.django_db
def test_a_bad_time_zone_founds_nothing(now):
    with pytest.raises(BadInput, match="not a time zone"):
        found(now, "Gotham")
    assert not Program.objects.exists()
    assert not Site.objects.exists()


@pytest.mark.django_db
def test_a_second_program_is_refused(now):
    found(now)
    with pytest.raises(Refused, match="already holds a program"):
        found(now)
    with pytest.raises(Refused, match="already holds a program"):
        actions.found_demo_program(name="D", timezone="UTC", at=now)


def test_sites_are_opened_from_the_command_line_only(admin, now):
    with pytest.raises(Refused):
        actions.open_site(name="Third", timezone="UTC", by=admin, at=now)
    actions.open_site(name="Third", timezone="UTC", by=COMMAND_LINE, at=now)
    with pytest.raises(Refused, match="of this name"):
        actions.open_site(name="Third", timezone="UTC", by=COMMAND_LINE, at=now)


# roles and accounts ----------------------------------------------------------------------------------------------


def test_roles_are_given_and_taken(users, admin, site, now):
    peer = users[Role.PEER]
    place = {"user_id": peer.id, "site_id": site.id, "role": Role.NURSE, "by": admin, "at": now}
    actions.grant(**place)
    assert set(peer.memberships.values_list("role", flat=True)) == {Role.PEER, Role.NURSE}
    with pytest.raises(Refused, match="already has the role"):
        actions.grant(**place)
    actions.take_away(**place)
    assert set(peer.memberships.values_list("role", flat=True)) == {Role.PEER}
    assert last_verb() == "account.take_away"
    with pytest.raises(Membership.DoesNotExist):
        actions.take_away(**place)


def test_the_last_administrator_keeps_the_role(users, admin, site, now):
    own = {"user_id": admin.id, "site_id": site.id, "role": Role.ADMINISTRATOR, "by": admin, "at": now}
    with pytest.raises(Refused, match="at least one administrator"):
        actions.take_away(**own)
    closed = factories.user(Role.ADMINISTRATOR, site, is_active=False)
    with pytest.raises(Refused, match="at least one administrator"):
        actions.take_away(**own)
    actions.reopen_account(user_id=closed.id, by=admin, at=now)
    actions.take_away(**own)


def test_roles_elsewhere_are_out_of_reach(users, admin, other_site, now):
    stranger = factories.user(Role.NURSE, other_site)
    with pytest.raises(Site.DoesNotExist):
        actions.grant(user_id=users[Role.PEER].id, site_id=other_site.id, role=Role.NURSE, by=admin, at=now)
    for act in (actions.close_account, actions.reopen_account, actions.end_sessions, actions.clear_second_step):
        with pytest.raises(User.DoesNotExist):
            act(user_id=stranger.id, by=admin, at=now)


def test_a_person_who_also_works_elsewhere_is_closed_by_nobody_here(users, admin, other_site, now):
    Membership.objects.create(user=users[Role.PEER], site=other_site, role=Role.PEER)
    with pytest.raises(NotAllowed, match="also works at a site"):
        actions.close_account(user_id=users[Role.PEER].id, by=admin, at=now)


def test_closing_an_account_ends_its_sessions_at_once(users, admin, sign_in, now):
    browser = sign_in("peer")
    browser.get("/account/")
    assert UserSession.objects.filter(user=browser.user).exists()
    actions.close_account(user_id=browser.user.id, by=admin, at=now)
    assert not UserSession.objects.filter(user=browser.user).exists()
    assert browser.get("/account/").status_code == 302
    assert Entry.objects.order_by("-seq").first().data["sessions"] == 1
    assert User.objects.get(pk=browser.user.pk).sites_with("own.account") == frozenset()


def test_nobody_closes_themselves_or_the_last_administrator(admin, site, now):
    with pytest.raises(Refused, match="your own"):
        actions.close_account(user_id=admin.id, by=admin, at=now)
    second = factories.user(Role.ADMINISTRATOR, site)
    actions.close_account(user_id=second.id, by=admin, at=now)


def test_a_lost_second_step_is_removed_by_an_administrator_but_not_by_oneself(users, admin, now):
    for user in (users[Role.NURSE], admin):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(Refused):
        actions.clear_second_step(user_id=admin.id, by=admin, at=now)
    actions.clear_second_step(user_id=users[Role.NURSE].id, by=admin, at=now)
    assert list(Authenticator.objects.values_list("user_id", flat=True)) == [admin.id]


# one's own -------------------------------------------------------------------------------------------------------


def test_describing_oneself_tells_which_fields_changed_and_never_the_words(users, now):
    nurse = users[Role.NURSE]
    actions.describe_self(name="Nina Karlsson", language="es", by=nurse, at=now)
    entry = Entry.objects.order_by("-seq").first()
    assert entry.data == {"changed": ["name", "language"]}
    before = Entry.objects.count()
    actions.describe_self(name="Nina Karlsson", language="es", by=nurse, at=now)
    assert Entry.objects.count() == before


def test_sessions_of_others_cannot_be_ended(users, sign_in, now):
    browser = sign_in("nurse")
    browser.get("/account/")
    theirs = UserSession.objects.get()
    with pytest.raises(UserSession.DoesNotExist):
        actions.end_own_session(session_id=theirs.pk, by=users[Role.PEER], at=now)
    actions.end_own_session(session_id=theirs.pk, by=users[Role.NURSE], at=now)
    assert browser.get("/account/").status_code == 302


# the demo --------------------------------------------------------------------------------------------------------


def test_outside_a_demo_nobody_signs_in_with_a_click(users, site, now):
    nurse = users[Role.NURSE]
    with pytest.raises(Refused, match="not a demo"):
        actions.demo_sign_in(user_id=nurse.id, at=now)
    with pytest.raises(Refused, match="not a demo"):
        actions.add_demo_account(name="D", email="d@example.org", site_id=site.id, role=Role.PEER, at=now)
    Program.objects.update(is_demo=True)
    assert actions.demo_sign_in(user_id=nurse.id, at=now) == nurse
    assert last_verb() == "account.demo_sign_in"


def test_a_closed_demo_account_stays_closed(users, now):
    Program.objects.update(is_demo=True)
    User.objects.filter(pk=users[Role.NURSE].pk).update(is_active=False)
    with pytest.raises(User.DoesNotExist):
        actions.demo_sign_in(user_id=users[Role.NURSE].id, at=now)


def test_a_demo_account_has_no_password_and_gathers_roles(site, now):
    Program.objects.update(is_demo=True)
    for role in (Role.NURSE, Role.PEER, Role.PEER):
        user = actions.add_demo_account(name="D", email="d@example.org", site_id=site.id, role=role, at=now)
    assert not user.has_usable_password()
    assert {role for role, _ in user.places} == {Role.NURSE, Role.PEER}


# the ledger ------------------------------------------------------------------------------------------------------


def test_proving_the_chain_is_on_the_ledger(users, now, settings, tmp_path):
    settings.HOME = tmp_path
    officer = users[Role.PRIVACY_OFFICER]
    assert actions.prove(by=officer, at=now).proof.ok
    assert last_verb() == "ledger.prove"
    for by in (users[Role.DIRECTOR], FRONT_DOOR):
        with pytest.raises(NotAllowed):
            actions.prove(by=by, at=now)
